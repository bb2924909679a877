from django.urls import path

from plimsoll.documents import views

app_name = "documents"
urlpatterns = [path("documents/<int:pk>/", views.download, name="download")]
