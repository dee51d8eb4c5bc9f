"""The words that names are made of, English and Chinese side by side."""

_SURNAMES = """
Wang 王 Li 李 Zhang 张 Liu 刘 Chen 陈 Yang 杨 Zhao 赵 Huang 黄 Zhou 周 Wu 吴 Xu 徐
Sun 孙 Hu 胡 Zhu 朱 Gao 高 Lin 林 He 何 Guo 郭 Ma 马 Luo 罗 Liang 梁 Song 宋 Zheng 郑
Xie 谢 Han 韩 Tang 唐 Feng 冯 Yu 于 Dong 董 Xiao 萧 Cheng 程 Cao 曹 Yuan 袁 Deng 邓
Fu 傅 Shen 沈 Zeng 曾 Peng 彭 Lu 吕 Su 苏 Jiang 蒋 Cai 蔡 Jia 贾 Ding 丁 Wei 魏 Xue 薛
Ye 叶 Yan 阎 Pan 潘 Du 杜 Dai 戴 Xia 夏 Zhong 钟 Tian 田 Ren 任 Fan 范 Fang 方 Shi 石
Yao 姚 Tan 谭 Liao 廖
""".split()

_SYLLABLES = """
xiao 晓 ming 明 hua 华 li 丽 jun 军 fang 芳 wei 伟 na 娜 min 敏 jing 静 qiang 强 lei 磊
yan 艳 yong 勇 jie 杰 tao 涛 chao 超 ping 平 gang 刚 ying 英 hong 红 yu 玉 lan 兰
feng 峰 bin 斌 ting 婷 xin 欣 yi 怡 hao 浩 chen 晨 xuan 轩 rui 睿 han 涵 qi 琪 meng 梦
jia 佳 zhi 志 guo 国 hai 海 lin 琳
""".split()

_BRAND_HEADS = """
Hai 海 Hong 宏 Jin 金 Heng 恒 Tai 泰 Rui 瑞 Xing 兴 Sheng 盛 De 德 Xin 鑫 Hua 华 Tian 天
Yuan 远 Jia 嘉 Qi 启 Ming 铭 Bo 博 Long 隆 Yong 永 An 安 Dong 东 Nan 南 Zhong 中 Li 利
Fu 富 Kang 康 Wan 万 Yi 亿 Shun 顺 Hui 汇 Lan 蓝 Qing 青 Bai 百 He 和 Guang 光 Chun 春
Yun 云 Feng 丰 Jun 骏 Zhi 智 Ke 科 Lian 联 Tong 同 Xu 旭 Yang 阳 Ze 泽 Bin 滨 Cheng 诚
""".split()
_BRAND_TAILS = """
chuan 川 yuan 源 sheng 升 da 达 tai 泰 fa 发 hua 华 feng 峰 xin 信 wang 旺 rong 荣
mao 茂 xing 星 yang 洋 jing 景 shi 石 lin 林 yu 宇 tong 通 an 安 hai 海 jia 佳 bang 邦
sen 森 he 禾 kai 凯 lai 来 ming 明 chi 驰 ding 鼎 jie 捷 ya 雅 run 润 tu 图 mei 美
wei 维 chang 昌 ling 岭
""".split()

SURNAMES_EN, SURNAMES_ZH = _SURNAMES[::2], _SURNAMES[1::2]
GIVEN_EN = [(a + b).capitalize() for a in _SYLLABLES[::2] for b in _SYLLABLES[::2]]
GIVEN_ZH = [a + b for a in _SYLLABLES[1::2] for b in _SYLLABLES[1::2]]
BRANDS_EN = [a + b for a in _BRAND_HEADS[::2] for b in _BRAND_TAILS[::2]]
BRANDS_ZH = [a + b for a in _BRAND_HEADS[1::2] for b in _BRAND_TAILS[1::2]]

#: The industries of businesses; private persons carry the last one.
INDUSTRIES = [
    "Retail 零售",
    "Manufacturing 制造",
    "Logistics 物流",
    "Hospitality 餐饮酒店",
    "Healthcare 医疗",
    "Education 教育",
    "Construction 建筑",
    "Technology 科技",
    "Finance 金融",
    "Households 个人家庭",
]
INDUSTRY_SHARE = [0.22, 0.18, 0.12, 0.13, 0.08, 0.08, 0.07, 0.08, 0.04]
TRADES_EN = [name.split()[0] for name in INDUSTRIES[:-1]]
TRADES_ZH = [name.split()[1] for name in INDUSTRIES[:-1]]
FORMS_EN = ["", " Group", " Trading", " Supply", " Partners", " Works"]
FORMS_ZH = ["", "集团", "商贸", "供应链", "合伙", "工贸"]

SOURCES = ["website", "social", "event", "visit", "service", "referral"]
ROLES = ["owner", "director", "manager", "staff"]
