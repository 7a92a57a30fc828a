"""The addresses of the portal; the slug of a kind is its Indonesian name (portal/kinds.py)."""

from django.urls import path

from portal.views import (
    dak,
    editing,
    events,
    figures,
    guide,
    handover,
    home,
    picking,
    profile,
    records,
    report,
    submissions,
    uploads,
    workbooks,
)

app_name = "portal"

REPORT = "<slug:room>/<uuid:pk>/laporan/<int:year>/q<int:quarter>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("luring.js", home.offline_script, name="offline"),
    path("bantuan/", guide.help_page, name="help"),
    path("serah-terima/", handover.hand_over, name="hand_over"),
    path("angka/", figures.board, name="figures"),
    path("angka/<slug:name>/", figures.figure, name="figure"),
    path("angka/<slug:name>/unduh/", figures.download, name="figure_file"),
    path("usulan/", submissions.submission_list, name="submissions"),
    path("usulan/<uuid:pk>/", submissions.submission_page, name="submission"),
    path("usulan/<uuid:pk>/perbuatan/", submissions.do, name="do"),
    path("usulan/<uuid:pk>/berkas/", submissions.add_files, name="files"),
    path("unggahan/<uuid:pk>/", uploads.upload, name="upload"),
    path("impor/", workbooks.workbook_list, name="workbooks"),
    path("impor/templat/<slug:slug>.xlsx", workbooks.template, name="workbook_template"),
    path("impor/<uuid:pk>/", workbooks.workbook_page, name="workbook"),
    path("impor/<uuid:pk>/kolom/", workbooks.workbook_titles, name="workbook_titles"),
    path("impor/<uuid:pk>/baris/", workbooks.workbook_rows, name="workbook_rows"),
    path("impor/<uuid:pk>/galat.xlsx", workbooks.marked, name="workbook_marked"),
    path("kegiatan/", events.event_list, name="events"),
    path("kegiatan/<uuid:pk>/", events.event_page, name="event"),
    path("kegiatan/<uuid:pk>/draf/", events.save_sales_draft, name="sales_draft"),
    path("kegiatan/<uuid:pk>/kirim/", events.send_sales, name="sales_send"),
    path("dak/", dak.allocation_list, name="dak"),
    path("dak/<uuid:pk>/", dak.allocation_page, name="allocation"),
    path(REPORT, report.report, name="report"),
    path(
        "<slug:room>/<uuid:pk>/laporan/<int:year>/q<int:quarter>/draf/", report.save_report_draft, name="report_draft"
    ),
    path(f"{REPORT}kirim/", report.send_report, name="report_send"),
    path("sentra/<uuid:pk>/profil/", profile.centre_profile, name="centre_profile"),
    path("<slug:slug>/", records.record_list, name="list"),
    path("<slug:slug>/pilihan/", picking.confirm_picked, name="picked"),
    path("<slug:slug>/tambah/", editing.add, name="add"),
    path("<slug:slug>/<uuid:pk>/", records.record_page, name="record"),
    path("<slug:slug>/<uuid:pk>/masih-sama/", records.confirm, name="confirm"),
    path("<slug:slug>/<uuid:pk>/ubah/", editing.edit, name="edit"),
    path("<slug:slug>/<uuid:pk>/ubah/draf/", editing.save_draft, name="draft"),
    path("<slug:slug>/<uuid:pk>/ubah/kirim/", editing.send, name="send"),
]
