"""Everything Plimsoll claims about speed, in one run: `make bench`.

Exit code 1 when any limit is passed.
"""

import sys

from benchmarks import (
    bench_import,
    bench_letter,
    bench_pages,
    bench_report,
    bench_sources,
    bench_suggest,
    bench_summaries,
    bench_watch,
)

PARTS = (
    ("Reading in the register", bench_import),
    ("Reading in every source", bench_sources),
    ("What figures suggest", bench_suggest),
    ("Pages", bench_pages),
    ("Letters", bench_letter),
    ("Reports", bench_report),
    ("Termly summaries", bench_summaries),
    ("The watch list", bench_watch),
)


def main() -> int:
    failed = []
    for title, part in PARTS:
        print(f"{title}\n{'=' * len(title)}", flush=True)
        if part.main():
            failed.append(title)
        print(flush=True)
    print(f"Over the limit: {', '.join(failed)}." if failed else "Every limit is kept.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
