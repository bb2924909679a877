"""Addresses of the pages that join the slices."""

from django.urls import path

from plimsoll.desk.views import (
    authority,
    calendar,
    contacts,
    data,
    data_health,
    guidance,
    packs,
    saved,
    schools,
    setup,
    upload,
    work,
)

app_name = "desk"

urlpatterns = [
    path("", work.work, name="work"),
    path("schools/", schools.school_list, name="schools"),
    path("schools/map/", schools.school_map, name="map"),
    path("schools/saved/", saved.saved, name="saved"),
    path("schools/saved/add/", saved.add, name="saved-add"),
    path("schools/saved/<int:pk>/rename/", saved.rename, name="saved-rename"),
    path("schools/saved/<int:pk>/delete/", saved.delete, name="saved-delete"),
    path("schools/<int:urn>/", schools.school, name="school"),
    path("schools/<int:urn>/evidence/", schools.evidence, name="evidence"),
    path("schools/<int:urn>/evidence/pack.pdf", packs.as_pdf, name="pack-pdf"),
    path("schools/<int:urn>/evidence/pack.docx", packs.as_word, name="pack-word"),
    path("schools/<int:urn>/allocations/", schools.allocations, name="school-allocations"),
    path("schools/<int:urn>/documents/", schools.documents, name="documents"),
    path("schools/<int:urn>/contacts/", schools.people, name="people"),
    path("schools/<int:urn>/contacts/add/", contacts.add, name="contact-add"),
    path("schools/<int:urn>/history/", schools.history, name="history"),
    path("contacts/<int:pk>/change/", contacts.change, name="contact-change"),
    path("contacts/<int:pk>/end/", contacts.end, name="contact-end"),
    path("authority/", authority.authority, name="authority"),
    path("authority/figures.csv", authority.as_csv, name="authority-csv"),
    path("authority/figures.xlsx", authority.as_workbook, name="authority-workbook"),
    path("data/", data.data, name="data"),
    path("data/health/", data_health.index, name="data-health"),
    path("data/health/unknown/", data_health.unknown, name="data-health-unknown"),
    path("data/health/duplicates/", data_health.duplicates, name="data-health-duplicates"),
    path("data/health/disagreeing/", data_health.disagreeing, name="data-health-disagreeing"),
    path("data/health/sources/<slug:name>/", data_health.source, name="data-health-source"),
    path("data/upload/", upload.upload, name="upload"),
    path("data/upload/confirm/", upload.confirm, name="upload-confirm"),
    path("data/imports/<int:pk>/", data.run, name="import"),
    path("data/imports/<int:pk>/changes/", data.changes, name="import-changes"),
    path("data/imports/<int:pk>/new/", data.new, name="import-new"),
    path("data/imports/<int:pk>/figures.json", data.figures, name="import-figures"),
    path("data/imports/<int:pk>/rejects.csv", data.rejects, name="import-rejects"),
    path("set-up/", setup.index, name="set-up"),
    path("set-up/policy/", setup.policy, name="policy"),
    path("set-up/calendar/", calendar.calendar, name="calendar"),
    path("set-up/calendar/terms/add/", calendar.add_term, name="term-add"),
    path("set-up/calendar/terms/<int:pk>/change/", calendar.change_term, name="term-change"),
    path("set-up/calendar/terms/<int:pk>/remove/", calendar.remove_term, name="term-remove"),
    path("set-up/calendar/closures/add/", calendar.add_closure, name="closure-add"),
    path(
        "set-up/calendar/closures/<int:pk>/change/", calendar.change_closure, name="closure-change"
    ),
    path(
        "set-up/calendar/closures/<int:pk>/remove/", calendar.remove_closure, name="closure-remove"
    ),
    path("set-up/who-can-do-what/", setup.who_can, name="rights"),
    path("set-up/audit/", setup.trail, name="audit"),
    path("set-up/health/", setup.health, name="health"),
    path("set-up/health/messages/<int:pk>/again/", setup.send_again, name="message-again"),
    path("help/", guidance.index, name="help"),
    path("help/accessibility/", guidance.accessibility, name="accessibility"),
    path("help/privacy/", guidance.privacy, name="privacy"),
    path("help/cookies/", guidance.cookies, name="cookies"),
    path("help/<slug:key>/", guidance.topic, name="help-topic"),
]
