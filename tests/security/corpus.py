"""Strings that attackers try, made the same way every time."""

from itertools import product

#: What a value is closed with, what then follows, and how the rest is silenced.
_CLOSINGS = ("'", '"', "')", "'))", "`", "\\'", "", "%27", "\u02bc", "1")
_ATTACKS = (
    " OR 1=1",
    " OR 'a'='a",
    " UNION ALL SELECT name, phone FROM customer",
    "; DROP TABLE customer",
    "; UPDATE customer SET name='pwned'",
    " AND 1=(SELECT count(*) FROM customer_current)",
    " AND sleep(9)",
    "; SELECT pg_sleep(9)",
    " || (SELECT phone FROM customer LIMIT 1) || ",
    "; ATTACH '/tmp/x.db' AS x",
)
_ENDS = (" --", " /*")

#: 200 different injections.
SQL_INJECTIONS: tuple[str, ...] = tuple(
    f"{closing}{attack}{end}" for closing, attack, end in product(_CLOSINGS, _ATTACKS, _ENDS)
)

#: 40 payloads that run where a text is put into a page as markup, an attribute or a link.
CALL = "window.__pwn=1"
XSS_PAYLOADS: tuple[str, ...] = (
    f"<script>{CALL}</script>",
    f"</script><script>{CALL}</script>",
    f"<img src=x onerror={CALL}>",
    f"<img src=x onerror='{CALL}'//",
    f'"><img src=x onerror={CALL}>',
    f"'><img src=x onerror={CALL}>",
    f"<svg onload={CALL}>",
    f"<svg/onload={CALL}>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<body onload={CALL}>",
    f"<details open ontoggle={CALL}>",
    f"<video><source onerror={CALL}>",
    f"<audio src=x onerror={CALL}>",
    f"<input autofocus onfocus={CALL}>",
    f"<select autofocus onfocus={CALL}>",
    f"<textarea autofocus onfocus={CALL}>",
    f"<marquee onstart={CALL}>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'>",
    f'<iframe src="javascript:parent.{CALL}">',
    f'<object data="javascript:{CALL}">',
    f'<embed src="javascript:{CALL}">',
    f'<a href="javascript:{CALL}">x</a>',
    f"<a href='java\tscript:{CALL}'>x</a>",
    f'<math><a xlink:href="javascript:{CALL}">x',
    f'<form action="javascript:{CALL}"><button>x',
    f'<button formaction="javascript:{CALL}">x',
    f'<base href="javascript:{CALL}//">',
    f'<meta http-equiv=refresh content="0;url=javascript:{CALL}">',
    f'<link rel=stylesheet href="javascript:{CALL}">',
    f"<style>@import 'javascript:{CALL}';</style>",
    f'<div style="width:expression({CALL})">',
    f"javascript:{CALL}",
    f"JaVaScRiPt:{CALL}",
    f"[x](javascript:{CALL})",
    f'![x](x" onerror="{CALL})',
    f"{{{{constructor.constructor('{CALL}')()}}}}",
    f"${{{CALL}}}",
    f"&lt;img src=x onerror={CALL}&gt;",
    f'" onmouseover="{CALL}" x="',
)
