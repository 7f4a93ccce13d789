"""Addresses of the organisation's pages."""

from django.urls import path

from shounuo.organisation.views import absences, account, duty, history, people, signing, units, unsent

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-in/code/", signing.sign_in_code, name="sign-in-code"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("who/", signing.who, name="who"),
    path("who/become/", signing.become, name="become"),
    path("account/", account.account, name="own-account"),
    path("account/password/", account.password, name="own-password"),
    path("account/codes/", account.second_factor, name="own-codes"),
    path("account/codes/off/", account.second_factor_off, name="own-codes-off"),
    path("account/sessions/end/", account.end_session, name="own-session-end"),
    path("account/unsent/", unsent.unsent, name="unsent"),
    path("organisation/", units.units, name="organisation-units"),
    path("organisation/units/<int:pk>/", units.unit, name="organisation-unit"),
    path("organisation/units/<int:pk>/<slug:verb>/", units.unit_verb, name="organisation-unit-verb"),
    path("organisation/posts/<int:pk>/<slug:verb>/", units.post_verb, name="organisation-post-verb"),
    path("organisation/people/", people.people, name="organisation-people"),
    path("organisation/people/enrol/", people.enrol, name="organisation-enrol"),
    path("organisation/people/<int:pk>/", people.person, name="organisation-person"),
    path(
        "organisation/people/<int:pk>/account/<slug:verb>/", people.account_verb, name="organisation-account"
    ),
    path("organisation/people/<int:pk>/<slug:verb>/", people.person_verb, name="organisation-person-verb"),
    path("organisation/appointments/<int:pk>/end/", people.end, name="organisation-end"),
    path("organisation/history/", history.history, name="organisation-history"),
    path("organisation/absences/", absences.absences, name="organisation-absences"),
    path("organisation/absences/enter/", absences.enter, name="organisation-absence-enter"),
    path("organisation/absences/<int:pk>/<slug:verb>/", absences.decide, name="organisation-absence-decide"),
    path("organisation/duty/", duty.duty, name="organisation-duty"),
    path("organisation/duty/arrange/", duty.arrange, name="organisation-duty-arrange"),
    path("organisation/duty/file/", duty.take_file, name="organisation-duty-file"),
]
