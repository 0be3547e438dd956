"""The controlled language of role annotations: labels, verbs, unit-like endings, collectives, notes; no unit's name."""

import re

from .shapes import Role

_BODY = r"(?:单位|部门|机构|机关|主体|处室|科室|股室|方)"
_WITH = r"(?:[及和与、/](?:主要)?(?:责任|负责|联系|分管)(?:人|领导|同志))?"
_BODIES = rf"(?:{_BODY}(?:（[^（）]{{1,6}}）)?{_WITH})"
_NOTE = r"(?:（[^（）]{1,4}）)?"
_LEAD = (
    rf"(?:总|第一|整改|具体)?(?:牵头|主办|分办|主责|(?:主要|首要|第一)责任){_NOTE}"
    rf"(?:负责|责任|实施|落实|组织|协调|整改|推进|督办)*{_BODIES}?"
)
_SUPPORT = (
    rf"(?:配合|协同|协助|协办|会办|参加|参与|协作|支持|指导(?=单位|部门)|成员(?=单位)){_NOTE}"
    rf"(?:责任|落实|实施|负责|配合|整改|推进)*{_BODIES}?"
)
_RESPONSIBLE = (
    rf"(?:主体|监管|属地|行业|整改|具体|直接|共同|其他|其它|其余|相关|有关)*"
    rf"(?:责任|整改|负责|承办|实施|落实|主管|承担|执行|组织(?=单位|部门)){_NOTE}(?:实施|落实|责任)*{_BODIES}"
    r"|责任分工|任务分工|责任"
)
_PERSON = (
    r"(?:牵头|分管|主管|责任|包联|包抓|挂钩|挂点|联系|负责|配合|主要|第一|直接|具体|项目|省级|市级|县级|区级|州级)*(?:[省市州县区旗镇乡])?"
    r"(?:领导|负责同志|责任人|负责人|联系人|联络员|牵头人|经办人|责任同志|联系电话|电话|[链河林田组]长)"
)
_WHEN = (
    r"(?:计划|预计|任务)?(?:完成|办结|办理|整改|时间|时限|落实|推进|实施|序时)"
    r"(?:时限|时间|期限|节点|要求|进度|安排|日期)|时限|期限"
)
_WATCH = r"(?:督导|督办|督查|监督|监管|考核|审核|验收|评估|见证)(?:责任)?(?:单位|部门)"
_COLON = r"\s*(?:为|是)?\s*："
_NEXT_LABEL = r"(?:(?:牵头|配合|责任|参与|参加|协办|主办|承办|协同)(?:责任)?(?:单位|部门)|(?:完成|办结)时[限间])\s*："
_TITLE = rf"(?:{_PERSON}|{_LEAD}|{_SUPPORT}|{_RESPONSIBLE}|{_WHEN})"
_AT_START = (
    rf"(?:^|(?=[［【〔]{_TITLE}[］】〕])|(?<=[；，。、：\s）］】〕])"
    rf"|(?<=[局委厅办府会部院署行司社心室区县市])(?={_NEXT_LABEL}))"
)

LABEL = re.compile(
    rf"{_AT_START}(?:(?P<round>（)(?=[^（）：]{{2,12}}）)|[［【〔])?(?:(?:(?P<person>{_PERSON})|(?P<lead>{_LEAD})|(?P<support>{_SUPPORT})|(?P<responsible>{_RESPONSIBLE})"
    rf"|(?P<when>{_WHEN}))(?:(?(round)）|[］】〕])\s*：?|{_COLON}|(?<=[位门构限])(?:\s+|为|是))|(?P<other>{_WATCH}|(?:(?![局委厅办府院部会])[一-龥]){{1,6}}(?:单位|部门)|(?:(?!单位：|部门：|时限：|时间：)[^，、；。：（）［］【】\s\d]){{2,8}}){_COLON})"
)
BLOCK = re.compile(
    r"(?m)^[ \t·*>-]*(?=[^\n]{2,20}(?:[：］】〕]|[位门限]\s|[位门][为是]))"
    rf"(?:[（［【〔]?(?:{_LEAD}|{_SUPPORT}|{_RESPONSIBLE}|{_PERSON}|{_WHEN}|{_WATCH})"
    rf"(?:{_COLON}|[）］】〕]\s*：?"
    rf"|(?<=[位门])[为是](?=[^，。；：]{{2,20}}[，。；、\n])"
    rf"|(?<=[位门限])[ \t]+(?=\S)(?!(?:{_LEAD}|{_SUPPORT}|{_RESPONSIBLE}|{_PERSON}|{_WHEN})(?:\s|$))))"
)
_TIME_ALONE = re.compile(r"(?:到|至|于|力争)?\d{4}年[^，。；]{0,12}|长期(?:坚持|实施)?|持续推进|每年[^，。；]{1,12}")
INLINE = re.compile(
    r"(?:(?<=[，；])(?=[^，。；：]{2,8}[位门]：)|(?<=[。！？ \t]))-{0,4}"
    rf"(?:(?:{_WHEN}|{_PERSON}){_COLON}|(?:{_LEAD}|{_SUPPORT}|{_RESPONSIBLE})(?:{_COLON}"
    rf"|(?<=[位门])[ \t]+(?=\S)|(?<=[位门])[为是](?=[^，。；：]{{2,20}}[，。；、\n]))"
    rf"|[【［]{_TITLE}[】］]：?)"
)
HEADER = re.compile(
    rf"(?:(?P<person>{_PERSON})|(?P<lead>{_LEAD})|(?P<support>{_SUPPORT})|(?P<responsible>{_RESPONSIBLE})|(?P<when>{_WHEN}))(?:（.*）)?"
)
ROLES: dict[str, Role] = {"lead": "lead", "support": "support", "responsible": "responsible"}

_DUTY = (
    r"(?:根据|依据|按照|依照|按|依)?(?:各自)?(?:部门|工作)?(?:职责|职能|分工)(?:和|与)?(?:职责|职能|分工|权限|范围)*"
)
_MANNER = r"(?:分别|共同|具体|结合实际|联合|组织|抓好|做好|认真|分工|予以|贯彻|统筹)*"
_DO = r"(?:负责|落实|推进|实施|组织|抓总|办理|推动|完成|协调|执行|承办)"
VERB = re.compile(
    rf"(?:(?P<duty>{_DUTY})|(?<!结合实际)){_MANNER}"
    rf"(?:(?P<lead>(?:负责)?(?:总牵头|牵头|主办|主责|抓总|为主|负总责|(?:为|是|作为)(?:牵头|主办|主责)(?:单位|部门)){_DO}*)|(?P<support>(?:为|是|作为)(?:配合|参与|协办|协同)(?:单位|部门)|(?:积极|密切)?(?:配合|协助|协同|协办|参与|参加|支持|协作|(?<=[局委办厅府])指导)(?:配合|做好|{_DO})*)"
    rf"|(?P<responsible>(?:为|是|作为)(?:共同)?责任(?:单位|部门|主体)|(?:负责|落实|实施|承办|承担|执行|组织实施|办理|(?<=职责)推进|(?<=分工)推进){_DO}*)|(?(duty)|(?!)))$"
)
HINT = re.compile(r"牵头|配合|负责|责任|单位：|部门：|职责|主办|协办|承办|参与|参加|协同|协助|落实|时限|领导|时间|年")

_ENDING = (
    r"(?:部|关|委|局|厅|办|院|会|署|处|所|站|中心|公司|集团|行|政府|学校|大学|学院|组|部门|单位|地区|机关|机构|企业|联社|总社|供销社|队|专班"
    r"|室|联|馆|台|(?:歌舞|艺术|文工|演艺|剧)团|区|市|县|州|盟|旗|街道|乡|镇|部队|公署|兵团|海关|园|校|电力|电信|移动|联通|铁塔|烟草|社|成员|方面|高校|院校)"
)
UNIT_LIKE = re.compile(rf".*{_ENDING}(?:（.*）)?$")
STRICT_UNIT = re.compile(
    r"[^的要应]{0,22}(?:[^内外全东西南北中上下干局头腹]部|[^原各]委|[^结布格大全]局|[^客餐大歌舞]厅|[^举承主协]办|政府|部门|单位|办公室|委员会|管委会|监管局|银行|公司|署|督查室|研究院|检察院|法院)(?:（[^（）]*）)?"
    r"|各(?:[省市州县区盟旗乡镇地]|（[^（）]{1,6}）|、){1,8}(?:人民政府|政府|党委和政府)?"
)
PERSON = re.compile(
    r"(?:[一-龥、某]{0,14}?副?(?:省长|市长|州长|县长|区长|旗长|盟长|镇长|乡长|主席|书记|主任|局长|厅长|处长|科长|部长|司长|所长"
    r"|站长|院长|行长|秘书长|总经理|董事长|总工程师|专员|理事长|会长|校长)|[一-龥]{0,8}(?:常委|领导|负责同志|主要负责人))"
    r"(?:[一-龥某×]{2,3}(?<![局厅委办部院会室处心]))?(?:同志)?"
)
"""A person by post, with or without a name: 分管副市长, 某某副省长, 区委常委、副区长某某."""
COLLECTIVE = re.compile(
    r"^(?:(?:省|市|州|县|区|国|央)[属管直]各|各|其他|其它|有关|相关|地方|全[省市县区州]各)|各(?:级|成员|有关|相关|部门|单位|地|市|县|区|州|盟|旗|乡|镇|街道|企业|机构)"
    r"|(?:有关|相关)(?:部门|单位|地区|地方|方面|机构|企业)|成员单位(?:（.*）)?$"
)
_REGION = r"[^，、；。：（）\s各]{0,5}(?:省|市|州|县|区|盟|旗|乡|镇|街道|师)(?:（[^（）]{1,10}）)?"
_GOVERNMENT = r"(?:人民政府|政府|管委会|行署|公署|党委|管理委员会)"
REGIONS = (
    rf"(?:各|有关|相关)(?:{_REGION}、)+(?:[^，、；。：（）各]|（[^（）]{{1,10}}）){{0,10}}?"
    rf"{_GOVERNMENT}(?![各直属有相])"
)
_PLACE_WORD = (
    r"(?:设区市|县级市|市辖区|地级市|自治[县州旗区]|旗县区?|市州|州市|县市区?|市县区?|县区|区县|村委会|居委会|乡镇街?道?|镇街道?|镇乡|街镇|街乡|街道(?:办(?:事处)?)?|乡|镇|县|区|市|州|盟|旗"
    r"|地区|省|师|团场|村|社区)(?:（[^（）]{1,10}）[市区县]?)?"
)
_SEAT = (
    r"(?:人民政府|政府|管委会|管理委员会|行署|公署|党委|党工委|党（工）委|委(?=、|和)|街道办事处|办事处"
    r"|街道办|村委会|居委会)"
)
COLLECTION = re.compile(
    rf"(?:全[省市县区州盟]|沿[线河江湖海边])?(?:各|有关|相关|其他|其它){{1,2}}级?{_PLACE_WORD}(?:(?:、|和|及|与){_PLACE_WORD})*"
    rf"(?:{_SEAT}(?:(?:、|和|及)(?:{_PLACE_WORD})?{_SEAT})*)?"
)
"""One head over several type words: 各区、县级市; 各县（市、区）党委、政府; the words behind the first are no units."""
COLLECTIONS = (
    rf"{COLLECTION.pattern}(?=[，、；。：）\s（/*★☆※▲△#]|$|等|和|及|与|按|根据|依|分|共同|具体|负责|牵头"
    rf"|配合|落实|参与|参加|协助|组织|实施|承担|均|都|为|抓|做好)"
)
MORE = re.compile(
    r"(?<![高中初平同])等(?P<more>(?:\d+|[一二三四五六七八九十]+)?个?(?:[^，、等]{0,8}?(?:部门|单位|地区|机构|企业|政府|方面|委办局|高校)(?:[和与及](?:单位|部门|地区|企业))?)?)$"
)
AND = re.compile(r"以及|及(?!其)|会同|和|与|同")
PRIVATE = re.compile(
    r"(?:由)?(?:企业|市场主体|(?:各|有关|相关)?(?:施工|建设|监理|设计|用人|业主|承包|外包|生产|经营|使用)+(?:单位|企业))"
)
NO_NAME = re.compile(
    r"(?:牵头|主办|配合|协办|协同|参与|责任|承办|督导|督办|监督|指导|组织|实施|落实){1,2}(?:单位|部门|主体)"
)
"""A class of units by what they do (督导单位): a title, never a name."""
FOLLOWING = re.compile(r"(?:以)?下同|以下(?:各项)?(?:均)?相同|后同")
FOLLOWING_WORD = re.compile(r"(?:以)?下同|后同|以下(?:各项)?(?:均)?相同")
FIRST_LEADS = re.compile(
    r"(?:(?:第一(?:位|个|名|家|的)?|首位|居首|排首|最前|排前)[^，。；：）]{0,14}(?:牵头|主办|主责)|(?:牵头|主办|主责)[^，。；）]{0,12}(?:第一位|首位|排名?第一))"
    r"(?:的|单位)*(?:，(?:其余|其他|其它)(?:的|单位|均)*(?:为|是)(?:配合|参与|责任|协办)单位)?"
)
NOTE = re.compile(rf"{FIRST_LEADS.pattern}|^(?:{FOLLOWING.pattern})$|^以下|具体任务|不再(?:一一|逐一|逐项|单独)?列")
UNREAD = re.compile(rf"以下(?!(?:{FOLLOWING.pattern})|[^，。；]*(?:牵头|主办|主责))")
"""A note that may assign to clauses that follow: it is reported, for it is not read."""
_NO_MORE = (
    r"(?:以下|以后|后面|下面|文中|后续)?(?:各项)?(?:均|都)?不(?:再|另)(?:一一|逐一|逐项|单独|重复"
    r"|另行)*(?:列|标注|注明|标明|赘述|说明)出?"
)
_ALL_OF = (
    r"(?:每一?项|各项|所有|以[上下](?:各项)?|上述(?:各项)?|全部|本方案(?:各项)?|涉及的?各项)(?:重点"
    r"|目标|具体)*(?:工作|任务|措施|事项|内容)+"
)
EVERYONE = re.compile(
    rf"(?:均|都)(?:为|是|作为)(?:{_ALL_OF}的)?(?:共同)?(?P<what>责任|配合|落实|参与)单位，?{_NO_MORE}"
    rf"|对(?:本|所辖|辖区)[^，。；\n]{{0,12}}?负(?:总|主体|全面|属地)?责任?，{_NO_MORE}"
    rf"|(?:{_ALL_OF}|以[上下](?=均|都))(?:也|均|都|同时|一律)*(?:需要?|须|应当?|要)?由?(?P<units>(?:[^，。；：（）\n]|（[^（）\n]{{1,10}}）){{2,40}}?)(?:具体|共同|分别|组织)*"
    rf"(?P<does>承担|负责|落实|实施|配合|参与|协助|支持)(?:落实|实施|组织实施)?，{_NO_MORE}"
)
"""A rule for every clause: 各县政府均为责任单位，不再列出; 各项任务均由各县政府落实，不再单独列出."""
_STAR = r"[“\"（]?(?P<star>[*★☆※▲△#●◆])[”\"）]?"
LEGEND = re.compile(
    rf"(?:(?:凡|单位|名称)?(?:前|后)?(?:标注|标记|标|加注|加|带|注|画)有?{_STAR}(?:号|标记|符号)?(?:的|者)?(?:单位)?(?:均)?(?:，)?(?:为|是|系)"
    rf"|{_STAR.replace('star', 'sign')}(?:号)?(?:的|者)?(?:为|是|表示|代表))(?:该项|本项)?(?:任务"
    rf"|工作)?(?:的)?(?P<leads>牵头|主办|主责|第一责任)(?:责任)?单位"
)
"""What a star at a name says: 标*为牵头单位."""
RULE = re.compile(rf"[^，。；\n]*?(?:{LEGEND.pattern})[^。；\n]*|[^，。；\n]*?(?:{EVERYONE.pattern})")
"""A rule that stands in an annotation: its units are not those of the annotation."""
_LINE = re.compile(r"[^\n]*")


def only_value(folded: str, before: str, start: int) -> bool:
    """Tell whether the line at a place is nothing but what the label above it waits for: units, or a time."""
    rest = _LINE.match(folded, start)
    line = rest.group().strip().rstrip("。；") if rest else ""
    pieces = [piece.strip() for piece in re.split("[、，；]", line)]
    return not before and (
        bool(_TIME_ALONE.fullmatch(line)) or all(strictly_unit(p) or COLLECTIVE.fullmatch(p) for p in pieces)
    )


def unit_like(text: str) -> bool:
    """Tell whether a string ends as names of public bodies do, or stands for many of them."""
    return bool(len(text) <= 40 and (UNIT_LIKE.match(text) or COLLECTIVE.search(text)))


def person(text: str) -> bool:
    """Tell whether a string names a person by a post, and no body."""
    return bool(PERSON.fullmatch(text))


def public_unit(text: str) -> bool:
    """Tell whether a string is like a unit and not a class of private bodies (施工单位)."""
    return unit_like(text) and not PRIVATE.fullmatch(text)


def strictly_unit(text: str) -> bool:
    """Tell whether a string can be read as a unit without any role word beside it; a label alone (牵头单位) is none."""
    strict = STRICT_UNIT.fullmatch(text) or COLLECTION.fullmatch(text)
    return bool(strict) and len(text) <= 24 and not HEADER.fullmatch(text)


def collective(text: str) -> bool:
    """Tell whether a string stands for many units."""
    return bool(COLLECTIVE.search(text))
