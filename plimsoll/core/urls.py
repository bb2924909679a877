from django.urls import path

from plimsoll.core import views

app_name = "core"
urlpatterns = [path("drafts/<str:key>/", views.draft, name="draft")]
