// What pages gain from JavaScript. Each works without it.
import { initAll } from "govuk-frontend";

initAll();
