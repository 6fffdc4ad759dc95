"""The bodies and towns a district starts with. Names are data: the district may edit them afterwards."""

from typing import Any

TOWNS = [
    ("bachuan", "巴川街道"),
    ("dongcheng", "东城街道"),
    ("nancheng", "南城街道"),
    ("pulv", "蒲吕街道"),
    ("jiuxian", "旧县街道"),
    ("hufeng", "虎峰镇"),
    ("anju", "安居镇"),
    ("baiyang", "白羊镇"),
    ("pingtan", "平滩镇"),
    ("shiyu", "石鱼镇"),
    ("fuguo", "福果镇"),
    ("weixin", "维新镇"),
    ("gaolou", "高楼镇"),
    ("damiao", "大庙镇"),
    ("weilong", "围龙镇"),
    ("huaxing", "华兴镇"),
    ("yongjia", "永嘉镇"),
    ("anxi", "安溪镇"),
    ("xihe", "西河镇"),
    ("taiping", "太平镇"),
    ("shuangshan", "双山镇"),
    ("xiaolin", "小林镇"),
    ("lvfeng", "侣俸镇"),
    ("shaoyun", "少云镇"),
    ("tuqiao", "土桥镇"),
    ("shuikou", "水口镇"),
    ("erping", "二坪镇"),
    ("qinglong", "庆隆镇"),
]


def _agency(code: str, name: str, short_name: str, parent: str | None, prefix: str = "") -> dict[str, Any]:
    return {"code": code, "name": name, "short_name": short_name, "parent": parent, "document_prefix": prefix}


AGENCIES = [
    _agency("district", "重庆市铜梁区人民政府", "区政府", None),
    _agency("hrss", "重庆市铜梁区人力资源和社会保障局", "区人力社保局", "district", "铜人社"),
    _agency("inspection", "重庆市铜梁区劳动保障监察支队", "劳动保障监察支队", "hrss", "铜人社监"),
    _agency("arb", "重庆市铜梁区劳动人事争议仲裁院", "劳动人事争议仲裁院", "hrss", "铜劳人仲"),
    _agency("justice", "重庆市铜梁区司法局", "区司法局", "district", "铜司"),
    _agency("aid", "重庆市铜梁区法律援助中心", "法律援助中心", "justice", "铜法援"),
    _agency("housing", "重庆市铜梁区住房和城乡建设委员会", "区住房城乡建委", "district", "铜建"),
    _agency("transport", "重庆市铜梁区交通运输委员会", "区交通运输委", "district", "铜交"),
    _agency("water", "重庆市铜梁区水利局", "区水利局", "district", "铜水"),
    _agency("police", "重庆市铜梁区公安局", "区公安局", "district", "铜公"),
    *(_agency(f"town-{code}", f"重庆市铜梁区{name}", name, "district") for code, name in TOWNS),
]

# (user name, agency, role, name shown, enforcement licence number)
DEMO_ACCOUNTS = [
    ("window01", "inspection", "window", "周敏", ""),
    ("inspector01", "inspection", "inspector", "李建国", "示例50015100001"),
    ("inspector02", "inspection", "inspector", "张晓燕", "示例50015100002"),
    ("head01", "inspection", "inspection_head", "陈志强", "示例50015100003"),
    ("legal01", "hrss", "legal_reviewer", "何静", ""),
    ("deputy01", "hrss", "deputy_head", "刘文", ""),
    ("bureau01", "hrss", "bureau_head", "黄卫东", ""),
    ("mediator01", "arb", "mediator", "罗兰", ""),
    ("arbitrator01", "arb", "arbitrator", "唐明远", ""),
    ("clerk01", "arb", "clerk", "夏雨", ""),
    ("instdir01", "arb", "institute_head", "蒋平", ""),
    ("window02", "arb", "window", "江月", ""),
    ("arbitrator02", "arb", "arbitrator", "顾海", ""),
    ("arbitrator03", "arb", "arbitrator", "卢霞", ""),
    ("chair01", "arb", "committee_chair", "金山", ""),
    ("aid01", "aid", "aid_reviewer", "冯丽", ""),
    ("aiddir01", "aid", "aid_director", "邓涛", ""),
    ("lawyer01", "aid", "aid_lawyer", "秦川", ""),
    ("justice01", "justice", "bureau_head", "石磊", ""),
    ("housing01", "housing", "liaison", "吴刚", ""),
    ("transport01", "transport", "liaison", "郑洁", ""),
    ("water01", "water", "liaison", "杨柳", ""),
    ("police01", "police", "liaison", "赵毅", ""),
    ("town01", "town-dongcheng", "liaison", "谢芳", ""),
    ("leader01", "district", "leader", "程远", ""),
    ("stats01", "hrss", "stats", "沈佳", ""),
    ("auditor01", "district", "auditor", "孟岩", ""),
    ("admin01", "district", "sysadmin", "任杰", ""),
]
