"""Sign-in and one's own account: allauth's views at Indonesian addresses, and only those that the registry offers.

Names are allauth's own, for it looks them up. There is no sign-up, no e-mail change and no social sign-in.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from accounts import views

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("masuk/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("masuk/tidak-aktif/", views.account_inactive, name="account_inactive"),
    path("keluar/", account.logout, name="account_logout"),
    path("akun/konfirmasi/", account.reauthenticate, name="account_reauthenticate"),
    path("akun/konfirmasi/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("akun/kata-sandi/", account.password_change, name="account_change_password"),
    path("lupa-kata-sandi/", account.password_reset, name="account_reset_password"),
    path("lupa-kata-sandi/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    path("lupa-kata-sandi/selesai/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^lupa-kata-sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("akun/keamanan/", mfa.index, name="mfa_index"),
    path("akun/keamanan/aplikasi/", totp.activate_totp, name="mfa_activate_totp"),
    path("akun/keamanan/aplikasi/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/keamanan/kode-pemulihan/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/keamanan/kode-pemulihan/baru/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("akun/keamanan/kode-pemulihan/unduh/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("akun/surel/", views.mail_mode, name="mail_mode"),
    path("akun/sesi/", sessions.list_usersessions, name="usersessions_list"),
]
