import pytest

from plimsoll.documents.names import safe


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("School Support Allocation 2026/27.PDF", "School Support Allocation 2026-27.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\fakepath\\plan.docx", "C-fakepath-plan.docx"),
        ("a\x00b\r\nc\u202egpj.exe", "ab cgpj.exe"),
        ("  .htaccess", "htaccess"),
        ("con.txt", "_con.txt"),
        ("", "document"),
        ("....", "document"),
        ('a"b<c>d|e?f*.csv', "a-b-c-d-e-f.csv"),
        ("é.png", "é.png"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
    ],
)
def test_a_name_is_safe_on_any_computer(name: str, kept: str) -> None:
    assert safe(name) == kept
