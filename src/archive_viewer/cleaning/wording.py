"""Wording: lines of text that by their words alone are furniture, in many languages.

Text in, a reason or None out.  Separate because plain text saves have nothing else, and pages in which every class is
a hash have little more.  Each table is one concept; the witness of each entry stands beside it where it is not plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive_viewer.model import Reason

_SECTIONS: tuple[tuple[Reason, str], ...] = (
    (
        Reason.RELATED,
        r"(?:related|recommended|similar|more|other|latest|recent|popular|trending|top|featured|must)[\s-]+"
        r"(?:articles?|posts?|stor(?:y|ies)|news|reads?|reading|content|topics|coverage|links?|searches|videos?|products|items)"
        r"|(?:you\s+)?(?:may|might)\s+also\s+(?:like|be\s+interested\s+in|enjoy)|you(?:'|’)?(?:ll|\s+will)?\s+(?:also\s+)?like"
        r"|read\s+(?:next|more|also|this\s+next)|also\s+read|see\s+also|up\s+next|more\s+(?:from|in|on|about)\b.*"
        r"|most\s+(?:read|popular|viewed|commented)|don['’]t\s+miss|what(?:'|’)?s\s+next|what\s+to\s+read\s+next|related"
        r"|trending(?:\s+now)?|popular|recommended(?:\s+for\s+you)?|further\s+reading|explore\s+more|keep\s+reading"
        r"|(?:das\s+könnte\s+(?:sie|dich)\s+(?:auch\s+)?interessieren|mehr\s+zum\s+thema|meistgelesen|ähnliche\s+artikel)"
        r"|(?:à\s+lire\s+aussi|lire\s+aussi|sur\s+le\s+même\s+(?:sujet|thème)|articles\s+(?:liés|similaires)|les\s+plus\s+lus)"
        r"|(?:artículos\s+relacionados|noticias\s+relacionadas|te\s+puede\s+interesar|lo\s+más\s+leído|más\s+noticias)"
        r"|(?:leia\s+(?:também|mais)|notícias\s+relacionadas|veja\s+também|artigos\s+relacionados|mais\s+lidas)"
        r"|(?:leggi\s+anche|articoli\s+correlati|potrebbe\s+interessarti|i\s+più\s+letti)"
        r"|(?:lees\s+ook|gerelateerde\s+artikelen|meer\s+over)|(?:czytaj\s+także|zobacz\s+także|polecane)"
        r"|(?:ilgili\s+haberler|benzer\s+haberler|öne\s+çıkanlar)"
        r"|(?:читайте\s+также|похожие\s+(?:статьи|записи)|по\s+теме|материалы\s+по\s+теме|самое\s+читаемое)"
        r"|(?:यह\s+भी\s+पढ़ें|ये\s+भी\s+पढ़ें|संबंधित\s+(?:खबरें|लेख)|और\s+पढ़ें)"
        r"|(?:اقرأ\s+أيضا|اقرأ\s+أيضاً|مقالات\s+ذات\s+صلة|مواضيع\s+ذات\s+صلة|الأكثر\s+قراءة)"
        r"|(?:相关(?:阅读|新闻|文章|推荐)|推荐阅读|延伸閱讀|延伸阅读|相關(?:新聞|文章)|热门(?:文章|新闻)|猜你喜欢)"
        r"|(?:関連記事|おすすめ(?:記事)?|こちらもおすすめ|人気記事|あわせて読みたい)|(?:관련\s*기사|추천\s*기사|많이\s*본\s*뉴스)",
    ),
    (
        Reason.COMMENTS,
        r"(?:\d+\s+)?(?:comments?|responses?|replies|reactions)(?:\s*\(\d+\))?|(?:leave|post|write|add|submit)\s+(?:a|your)\s+"
        r"(?:comment|reply|response|review)|(?:join|start)\s+the\s+(?:conversation|discussion)|\d+\s+thoughts?\s+on\b.*"
        r"|(?:view|show|see|load)\s+(?:all\s+|more\s+)?(?:\d+\s+)?comments|(?:\d+\s+)?(?:kommentare?|commentaires?|comentarios?"
        r"|comentários?|commenti|reacties|komentarze|yorumlar?|комментари\w+)(?:\s*\(\d+\))?"
        r"|(?:schreiben\s+sie\s+einen\s+kommentar|laisser\s+un\s+commentaire|deja\s+un(?:a\s+respuesta|\s+comentario)"
        r"|deixe\s+um(?:a\s+resposta|\s+comentário)|lascia\s+un\s+commento|bir\s+yanıt\s+yazın|добавить\s+комментарий)"
        r"|(?:टिप्पणियाँ|टिप्पणी\s+करें)|(?:التعليقات|اترك\s+تعليقا?ً?)|(?:评论|發表評論|发表评论|留言|网友评论)|(?:コメント)|(?:댓글)",
    ),
    (
        Reason.AUTHOR_BOX,
        r"about\s+(?:the\s+)?(?:authors?|writers?)|(?:über\s+den\s+autor|über\s+die\s+autorin)|à\s+propos\s+de\s+l['’]aut(?:eur|rice)"
        r"|sobre\s+(?:el|la|o|a)\s+autora?|sull['’]autore|over\s+de\s+auteur|o\s+autorze|yazar\s+hakkında|об\s+авторе|लेखक\s+के\s+बारे\s+में"
        r"|عن\s+الكاتب|关于作者|作者简介|著者について|글쓴이\s*소개",
    ),
    (
        Reason.SUBSCRIPTION,
        r"(?:subscribe|sign\s+up)\b.{0,60}|join\s+(?:us|our)\b.{0,60}|join\b.{0,60}(?:newsletter|updates|e-?mails?|inbox|list|channel"
        r"|today|now)|(?:get|receive)\b.{0,60}"
        r"(?:newsletter|in\s+your\s+inbox|by\s+e-?mail)|newsletter|stay\s+(?:informed|up\s+to\s+date|connected|in\s+touch)"
        r"|(?:abonnez-vous|inscrivez-vous|suscríbete|suscribirse|assine|iscriviti|abone\s+ol|подпи(?:сывайтесь|шитесь|саться))\b.*"
        r"|(?:सब्सक्राइब\s+करें)|(?:اشترك)\b.*|(?:订阅|訂閱)|(?:購読|メルマガ)\S*|(?:구독)",
    ),
    (
        Reason.SHARE,
        r"(?:share(?:\s+(?:this|it|on|via|with|the))?\b.{0,40}|follow\s+us\b.{0,40}|tweet(?:\s+this)?|like\s+this|spread\s+the\s+word"
        r"|(?:e-?mail|print)(?:\s+this(?:\s+(?:article|page|post))?)?|copy\s+(?:link|url)|whatsapp|pinterest|linkedin|facebook|twitter"
        r"|telegram|reddit|tumblr|teilen|drucken|partager|compartir|compartilh\w+|condividi|delen|udostępnij|paylaş|поделиться"
        r"|(?:auf|über|per|bei)\s+\S+\s+teilen|\S+\s+(?:da|de|ta|te|üzerinden)\s+paylaş|(?:partager|compartir|compartilhar|condividi|delen|"
        r"dela|del|jaa|udostępnij|sdílet|поделиться|поширити|chia\s+sẻ)\s+\S{1,5}\s+\S+"
        r"|शेयर\s+करें|साझा\s+करें|شارك|مشاركة|分享(?:到)?|シェア(?:する)?|공유(?:하기)?)",
    ),
    (
        Reason.NAVIGATION,
        r"(?:skip\s+to\b.{0,30}|(?:back\s+)?to\s+(?:the\s+)?top|main\s+menu|menu|navigation|search|log\s?in|sign\s+in|home|toggle\b.{0,30}"
        r"|references|visible\s+links|hidden\s+links|zum\s+inhalt\b.{0,20}|aller\s+au\s+contenu|ir\s+al\s+contenido"
        r"|मुख्य\s+सामग्री\s+पर\s+जाएँ)",
    ),
    (
        Reason.PAGINATION,
        r"(?:previous|next|older|newer)(?:\s+(?:page|posts?|articles?|story|entries))?|page\s+\d+\s+of\s+\d+|«|»|‹|›",
    ),
    (
        Reason.CONSENT,
        r"(?:accept|allow|reject)(?:\s+all)?(?:\s+cookies)?|cookie\s+(?:settings|preferences|policy|consent)",
    ),
    (
        Reason.ADVERT,
        r"advertisements?|sponsored(?:\s+(?:content|links?))?|anzeige|publicité|publicidad|publicidade|pubblicità|реклама|विज्ञापन|إعلان|广告|廣告|広告|광고|ad",
    ),
)

_COPYRIGHT = re.compile(
    r"^\W*(?:(?:copyright|©|\(c\)|&copy;)\s*.{0,120}|.{0,80}\ball\s+rights\s+reserved\b.{0,80}|powered\s+by\b.{0,60}|alle\s+rechte\s+vorbehalten.{0,40}"
    r"|tous\s+droits\s+réservés.{0,40}|todos\s+los\s+derechos\s+reservados.{0,40}|(?:terms|privacy)\b.{0,60}|impressum|版权所有.{0,60})$",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"enable\s+javascript|javascript\s+(?:is\s+)?(?:disabled|required)|requires?\s+javascript|checking\s+(?:if\s+the\s+site|your\s+"
    r"browser)|verify(?:ing)?\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human|unusual\s+traffic\s+from\s+your|needs\s+to\s+review\s+the\s+"
    r"security|javascript\s+aktivieren|activer\s+javascript|habilit(?:ar|e)\s+(?:o\s+)?javascript|включите\s+javascript|"
    r"启用\s*javascript|javascript.{0,6}有効にして",
    re.IGNORECASE,
)
"""What a wall says in a sentence."""
_WALL_LINE = re.compile(
    r"\W*(?:are\s+you\s+a\s+robot|access\s+(?:to\s+this\s+page\s+has\s+been\s+)?denied|just\s+a\s+moment|attention\s+required|"
    r"request\s+blocked)\b(?:\W+\w+){0,4}\W*",
    re.IGNORECASE,
)
"""The whole of a wall's heading; within a sentence a poem and the news say the same."""
_LONGEST_LINE = 160
_LONGEST_LABEL = 30
_LONGEST_NOTICE = 1_000
_COOKIES = re.compile(
    r"\b(?:(?:we|site|website|partners)\s.{0,40}use[sd]?|(?:wir|website|seite)\s.{0,40}(?:verwende[nt]|nutz(?:en|t))|utilis(?:ons|e)|"
    r"util?izamos|usamos|utiliza|usa|utilizziamo|gebruik(?:en|t)|używa(?:my)?|kullan\w*|использу\w+)\b.{0,60}\bcookies?\b|"
    r"\bcookies?\b.{0,60}\b(?:kullan\w*|используются|einverstanden)|ملفات\s+تعريف\s+الارتباط|कुकीज़?\s+का\s+(?:उपयोग|इस्तेमाल)|使用.{0,6}cookie|쿠키를",
    re.IGNORECASE,
)
"""What a notice about cookies says, whatever else it says."""
_CREDIT = re.compile(
    r"^\W*(?:(?:this\s+)?(?:article|story|post|page|content)\s+)?(?:(?:was\s+)?(?:medically\s+)?(?:written|reviewed|edited|posted|"
    r"published|fact[\s-]checked)\s+by|geschrieben\s+von|écrit\s+par|escrito\s+por|scritto\s+da|geschreven\s+door|автор)\b.{0,60}$",
    re.IGNORECASE,
)
"""What names those who made an article."""
_CONTENTS = re.compile(
    r"^\W*(?:(?:table\s+of\s+)?contents|(?:on|in)\s+this\s+(?:page|article|post|guide|section)|jump\s+to\b.{0,30}|inhalt(?:sverzeichnis)?"
    r"|auf\s+dieser\s+seite|sommaire|dans\s+cet\s+article|(?:tabla\s+de\s+)?contenidos?|en\s+este\s+artículo|índice|indice"
    r"|inhoud(?:sopgave)?|spis\s+treści|содержание|目录|目次|목차)\W*$",
    re.IGNORECASE,
)
"""What stands over a table of contents."""
_PRICE = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:€|£|zł|EUR|USD|GBP)\b|\d\s?€|\d+\s?%\s+off\b", re.IGNORECASE)
_MORE = re.compile(
    r"^\W*(?:more|other|related|similar|recent|latest|popular|featured|recommended|people\s+also|customers\s+also)\s.{1,40}$",
    re.IGNORECASE,
)
"""A heading over what else there is to read or to buy; over a part of the article it is not looked for."""
_HEADING_REASONS = frozenset({Reason.RELATED, Reason.COMMENTS, Reason.SUBSCRIPTION, Reason.AUTHOR_BOX})


def _line(reasons: Iterable[Reason]) -> re.Pattern[str]:
    """What a line of these reasons is; the first group that matched is named for the reason."""
    wordings = "|".join(f"(?P<{reason.name}>{pattern})" for reason, pattern in _SECTIONS if reason in reasons)
    return re.compile(rf"^\W*(?:{wordings})\W*$", re.IGNORECASE)


_LINE, _HEADING, _ADVERT = _line(Reason), _line(_HEADING_REASONS), _line((Reason.ADVERT,))


def line_reason(text: str) -> Reason | None:
    """Why a line is furniture if it stands outside the article; None when its words do not tell."""
    if len(text) > _LONGEST_LINE:
        return Reason.CONSENT if len(text) <= _LONGEST_NOTICE and _speaks_of_cookies(text) else None
    if _speaks_of_cookies(text):
        return Reason.CONSENT
    line = _LINE.match(text)
    if line and line.lastgroup:
        return Reason[line.lastgroup]
    return Reason.FOOTER if _COPYRIGHT.match(text) else None


def is_label_of_advert(text: str) -> bool:
    """Whether a line is only the word that the law puts over an advertisement."""
    return len(text) <= _LONGEST_LABEL and bool(_ADVERT.match(text))


def is_wall(texts: Iterable[str]) -> bool:
    """Whether a short page, given by its blocks, only says why it shows nothing: no scripts, no robots."""
    return any(_WALL.search(text) or (len(text) <= _LONGEST_LINE and _WALL_LINE.fullmatch(text)) for text in texts)


def label_reason(text: str) -> Reason | None:
    """What a stripped line says that it is that may as well be kept, and so says too little to strip it."""
    if len(text) > _LONGEST_LINE:
        return None
    if _CREDIT.match(text):
        return Reason.AUTHOR_BOX
    return Reason.NAVIGATION if _CONTENTS.match(text) else None


def is_price(text: str) -> bool:
    """Whether a short line names a price."""
    return len(text) <= _LONGEST_LINE and _PRICE.search(text) is not None


def heading_reason(text: str) -> Reason | None:
    """What stripped text under ``text`` as a heading is: less strict than ``section_reason``, which strips."""
    if len(text) > _LONGEST_LINE // 2:
        return None
    return section_reason(text) or (Reason.RELATED if _MORE.match(text) else None)


def section_reason(text: str) -> Reason | None:
    """Why what follows under ``text`` as a heading is furniture; None when the heading does not tell."""
    if len(text) > _LONGEST_LINE // 2:
        return None
    heading = _HEADING.match(text)
    return Reason[heading.lastgroup] if heading and heading.lastgroup else None


def _speaks_of_cookies(text: str) -> bool:
    return not (text.isascii() and "cookie" not in text.lower()) and _COOKIES.search(text) is not None
