"""Where the customers are: eight economic regions, their cities, four sales regions."""

import numpy as np

REGIONS = [
    "Northeast 东北",
    "North Coast 北部沿海",
    "East Coast 东部沿海",
    "South Coast 南部沿海",
    "Middle Yellow River 黄河中游",
    "Middle Yangtze 长江中游",
    "Southwest 西南",
    "Northwest 西北",
]

_CITIES_BY_REGION = [
    ["Shenyang 沈阳", "Dalian 大连", "Harbin 哈尔滨", "Changchun 长春"],
    ["Beijing 北京", "Tianjin 天津", "Shijiazhuang 石家庄", "Jinan 济南", "Qingdao 青岛"],
    ["Shanghai 上海", "Hangzhou 杭州", "Nanjing 南京", "Suzhou 苏州", "Ningbo 宁波", "Wuxi 无锡"],
    ["Guangzhou 广州", "Shenzhen 深圳", "Xiamen 厦门", "Fuzhou 福州", "Foshan 佛山"],
    ["Xi'an 西安", "Zhengzhou 郑州", "Taiyuan 太原", "Hohhot 呼和浩特"],
    ["Wuhan 武汉", "Changsha 长沙", "Hefei 合肥", "Nanchang 南昌"],
    ["Chengdu 成都", "Chongqing 重庆", "Kunming 昆明", "Guiyang 贵阳", "Nanning 南宁"],
    ["Lanzhou 兰州", "Urumqi 乌鲁木齐", "Xining 西宁", "Yinchuan 银川"],
]

CITIES = [city for cities in _CITIES_BY_REGION for city in cities]
CITY_COUNT = np.array([len(cities) for cities in _CITIES_BY_REGION])
CITY_START = np.concatenate([[0], np.cumsum(CITY_COUNT)[:-1]])

#: Share of a sales region's (North, East, South, West) customers in each economic region.
REGION_SHARE = np.array(
    [
        [0.24, 0.58, 0.03, 0.02, 0.10, 0.01, 0.01, 0.01],
        [0.01, 0.03, 0.68, 0.03, 0.02, 0.21, 0.01, 0.01],
        [0.01, 0.02, 0.04, 0.72, 0.01, 0.12, 0.07, 0.01],
        [0.01, 0.02, 0.02, 0.03, 0.21, 0.04, 0.46, 0.21],
    ]
)
