"""What the company sells: six categories of ten products, list prices and cost rates."""

import numpy as np

from data.demo.calendar import YEAR
from data.demo.columns import Batch, Floats, Ints, batch, words
from data.demo.plan import Plan
from data.demo.stories import PRICE_RISE, PRICE_RISE_DAY

PER_CATEGORY = 10
#: The first three are bought by businesses, the others by private persons.
CATEGORIES = [
    "Equipment 设备",
    "Consumables 耗材",
    "Packaging 包装",
    "Home 家居",
    "Food 食品",
    "Care 个护",
]
_COST_RATE = np.array([0.69, 0.63, 0.72, 0.66, 0.75, 0.62])
_LOWEST = np.array([38_000, 5_900, 2_800, 4_900, 1_500, 2_900])

_NOUNS = [
    "Label printer 标签打印机,Scanner 扫描枪,Scale 电子秤,Till 收银机,Pallet lift 托盘搬运车,"
    "Sealer 封口机,Freezer 冷柜,Display rack 展示架,Air cleaner 空气净化机,Steriliser 消毒柜",
    "Toner 硒鼓,Thermal paper 热敏纸,Gloves 手套,Filter 滤芯,Lubricant 润滑油,"
    "Cleaner 清洁剂,Tape 胶带,Battery pack 电池组,Work wear 工作服,Test kit 检测试剂",
    "Carton 纸箱,Bubble wrap 气泡膜,Gift box 礼盒,Stretch film 缠绕膜,Paper bag 纸袋,"
    "Foam insert 泡沫内衬,Label roll 标签卷,Cold box 保温箱,Glass jar 玻璃罐,Pouch 自立袋",
    "Kettle 电热水壶,Quilt 被子,Desk lamp 台灯,Storage box 收纳箱,Frying pan 煎锅,"
    "Curtain 窗帘,Towel set 毛巾套装,Thermos 保温杯,Rug 地毯,Tool set 工具箱",
    "Green tea 绿茶,Rice 大米,Nuts 坚果,Olive oil 橄榄油,Honey 蜂蜜,"
    "Coffee 咖啡,Dried fruit 果干,Noodles 面条,Milk powder 奶粉,Soy sauce 酱油",
    "Shampoo 洗发水,Hand cream 护手霜,Toothpaste 牙膏,Face mask 面膜,Sunscreen 防晒霜,"
    "Body wash 沐浴露,Vitamins 维生素,Razor 剃须刀,Perfume 香水,Soap 香皂",
]
NAMES = [name for nouns in _NOUNS for name in nouns.split(",")]

#: List prices in fen: each category's products climb from its lowest price by 17 % a step.
LIST_PRICE: Ints = np.rint(
    np.repeat(_LOWEST, PER_CATEGORY) * 1.17 ** np.tile(np.arange(PER_CATEGORY), len(CATEGORIES))
).astype(np.int64)
COST_RATE: Floats = np.repeat(_COST_RATE, PER_CATEGORY)


def unit_price(plan: Plan, product: Ints, day: Ints) -> Ints:
    """The list price in fen on each day, with the price rise if the company has its stories."""
    rise = (day >= PRICE_RISE_DAY) * (PRICE_RISE if plan.stories else 0.0)
    return np.rint(LIST_PRICE[product] * (1 + rise)).astype(np.int64)


def unit_cost(plan: Plan, product: Ints, day: Ints) -> Ints:
    """The cost in ten-thousandths of a yuan on each day; costs creep up by 1.5 % a year."""
    creep = 1 + 0.015 * (day - plan.days[0]) / YEAR
    return np.rint(LIST_PRICE[product] * COST_RATE[product] * creep).astype(np.int64) * 100


def product_table() -> tuple[str, Batch]:
    """The sixty products."""
    own = np.arange(len(NAMES))
    return batch(
        "product",
        {
            "product_id": words(product_ids(), own),
            "name": words(NAMES, own),
            "category": words(CATEGORIES, own // PER_CATEGORY),
        },
    )


def product_ids() -> list[str]:
    """The key of each product; the position is the number used in arrays."""
    return [f"P-{k + 1:03d}" for k in range(len(NAMES))]
