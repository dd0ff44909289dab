"""Knows the Chinese places whose names resemble each other, so that two of them are never taken for one."""

from __future__ import annotations

# Provinces and regions, and cities of prefecture level and above (Ministry of Civil Affairs, 2023), in pinyin.
_PROVINCES = """
Anhui Beijing Chongqing Fujian Gansu Guangdong Guangxi Guizhou Hainan Hebei Heilongjiang Henan Hubei Hunan Jiangsu Jiangxi Jilin
Liaoning Ningxia Qinghai Shaanxi Shandong Shanghai Shanxi Sichuan Tianjin Tibet Xinjiang Xizang Yunnan Zhejiang Taiwan Macao
Macau
"""
_CITIES = """
Aba Aksu Alxa Ankang Anqing Anshan Anshun Anyang Baicheng Baise Baishan Baiyin Baoding Baoji Baoshan Baotou Bazhong Beihai
Bengbu Benxi Bijie Binzhou Bozhou Cangzhou Changchun Changde Changji Changsha Changzhi Changzhou Chaoyang Chaozhou Chengde
Chengdu Chenzhou Chifeng Chizhou Chongzuo Chuxiong Chuzhou Dali Dalian Dandong Danzhou Daqing Datong Dazhou Dehong Deyang Dezhou
Dingxi Dongguan Dongying Enshi Ezhou Fangchenggang Foshan Fushun Fuxin Fuyang Fuzhou Gannan Ganzhou Ganzi Golmud Guangan
Guangyuan Guangzhou Guigang Guilin Guiyang Guyuan Haibei Haidong Haikou Handan Hangzhou Hanzhong Harbin Hebi Hechi Hefei Hegang
Heihe Hengshui Hengyang Heyuan Heze Hezhou Hohhot Honghe Hotan Huaian Huaibei Huaihua Huainan Huanggang Huangshan Huangshi
Huizhou Huludao Hulunbuir Huzhou Jiamusi Jian Jiangmen Jiaozuo Jiaxing Jiayuguan Jieyang Jinan Jinchang Jincheng Jingdezhen
Jingmen Jingzhou Jinhua Jining Jinzhong Jinzhou Jiujiang Jiuquan Jixi Jiyuan Kaifeng Karamay Kashgar Kunming Kunshan Laibin
Langfang Lanzhou Leshan Lhasa Liangshan Lianyungang Liaocheng Liaoyang Liaoyuan Lijiang Lincang Linfen Linxia Linyi Linzhi
Lishui Liupanshui Liuzhou Longnan Longyan Loudi Luan Luohe Luoyang Luzhou Lvliang Lüliang Maanshan Maoming Meishan Meizhou
Mianyang Mudanjiang Nanchang Nanchong Nanjing Nanning Nanping Nantong Nanyang Neijiang Ningbo Ningde Nujiang Ordos Panjin
Panzhihua Pingdingshan Pingliang Pingxiang Putian Puyang Qiandongnan Qiannan Qianjiang Qingdao Qingyang Qingyuan Qinhuangdao
Qinzhou Qiqihar Qitaihe Quanzhou Qujing Quzhou Rizhao Sanmenxia Sanming Sanya Shangluo Shangqiu Shangrao Shantou Shanwei
Shaoguan Shaoxing Shaoyang Shennongjia Shenyang Shenzhen Shihezi Shijiazhuang Shiyan Shizuishan Shuangyashan Shuozhou Siping
Songyuan Suihua Suining Suizhou Suqian Suzhou Taian Taicang Taiyuan Taizhou Tangshan Tianmen Tianshui Tieling Tongchuan Tonghua
Tongliao Tongling Tongren Turpan Ulanqab Urumqi Weifang Weihai Weinan Wenshan Wenzhou Wuhai Wuhan Wuhu Wuwei Wuxi Wuyi Wuzhong
Wuzhou Xiamen Xiangtan Xiangxi Xiangyang Xianning Xiantao Xianyang Xiaogan Xingtai Xining Xinxiang Xinyang Xinyu Xinzhou
Xuancheng Xuchang Xuzhou Yaan Yanan Yanbian Yancheng Yangjiang Yangquan Yangzhou Yantai Yibin Yichang Yichun Yinchuan Yingkou
Yingtan Yining Yiyang Yongzhou Yueyang Yulin Yuncheng Yunfu Yuxi Yuzhou Zaozhuang Zhangjiajie Zhangjiakou Zhangye Zhangzhou
Zhanjiang Zhaoqing Zhaotong Zhengzhou Zhenjiang Zhongshan Zhongwei Zhoukou Zhoushan Zhuhai Zhumadian Zhuzhou Zibo Zigong Ziyang
Zunyi Jinling Hainan Yunan
"""
PLACES = frozenset(word.lower() for word in (_PROVINCES + _CITIES).split())
