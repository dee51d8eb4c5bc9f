"""Other names that people give to the contract tables and columns, English and Chinese."""

from data.pipeline.findings import plain_name
from data.warehouse.schema import CONTRACT

_TABLES = {
    "team": "teams 团队 部门 销售团队",
    "rep": "reps sales_rep sales_reps salesperson salespeople agents 销售 业务员 销售员 销售人员",
    "customer": "customers client clients account accounts 客户 客户表 客户资料 客户信息",
    "customer_owner": "customer_owners owners 客户归属",
    "contact": "contacts 联系人",
    "customer_attribute": "customer_attributes attributes tags 客户标签 客户属性",
    "service_cost": "service_costs 服务成本",
    "product": "products item items 产品 商品",
    "campaign": "campaigns 活动 营销活动",
    "campaign_member": "campaign_members 活动名单",
    "orders": "order sales_orders sales 订单 订单表",
    "order_line": "order_lines order_items 订单明细",
    "invoice": "invoices 发票",
    "payment": "payments 回款 收款",
    "opportunity": "opportunities deals deal pipeline 商机 机会",
    "opportunity_stage": "opportunity_stages stage_history 商机阶段",
    "quote": "quotes quotation quotations 报价 报价单",
    "activity": "activities follow_ups 跟进 跟进记录 拜访记录",
    "ticket": "tickets 工单",
    "survey": "surveys 问卷 调查",
    "contract": "contracts 合同",
    "engagement": "engagements 互动",
    "target": "targets 目标",
}

_COLUMNS = {
    "customer_id": "客户编号 客户id 客户代码 客户号 customer customer_no customer_number "
    "customer_code cust_id client_id account_id",
    "name": "名称 姓名 客户名称 客户名 customer_name client_name company company_name account_name "
    "团队名称 产品名称 活动名称 product_name team_name rep_name campaign_name",
    "kind": "类型 类别 客户类型 type",
    "industry": "行业 sector",
    "region": "地区 区域 大区 省份 country province",
    "city": "城市",
    "source": "来源 客户来源 lead_source",
    "rep_id": "销售编号 业务员编号 负责人 归属销售 销售员 业务员 sales_rep owner owner_id "
    "rep salesperson",
    "team_id": "团队编号 部门编号 team",
    "parent_team_id": "上级团队 parent_team",
    "referrer_id": "推荐人 推荐人编号 referred_by",
    "joined_on": "注册日期 加入日期 建档日期 signed_at signup_date joined created",
    "birthday": "生日 出生日期 date_of_birth",
    "gender": "性别 sex",
    "birth_year": "出生年份",
    "phone": "电话 手机 手机号 联系电话 mobile telephone phone_number",
    "email": "邮箱 电子邮件 e_mail email_address mail",
    "acquisition_cost": "获客成本 cac",
    "level": "级别 职级",
    "hired_on": "入职日期",
    "left_on": "离职日期",
    "product_id": "产品编号 商品编号 产品 sku product_code item_id product",
    "category": "品类 产品类别",
    "order_id": "订单编号 订单号 order_no order_number",
    "ordered_on": "订单日期 下单日期 order_date",
    "amount": "金额 订单金额 合同金额 回款金额 total total_amount revenue",
    "cost": "成本",
    "discount": "折扣 优惠",
    "channel": "渠道",
    "campaign_id": "活动编号 campaign",
    "quantity": "数量 qty",
    "line_no": "行号 line",
    "invoice_id": "发票编号 发票号 invoice_no",
    "issued_on": "开票日期 invoice_date",
    "due_on": "到期日 due_date",
    "payment_id": "回款编号 payment_no",
    "paid_on": "回款日期 付款日期 payment_date",
    "opportunity_id": "商机编号 deal_id",
    "lead_name": "线索名称",
    "created_on": "创建日期 created_date",
    "stage": "阶段 deal_stage",
    "status": "状态",
    "closed_on": "关闭日期 成交日期 close_date",
    "expected_close_on": "预计成交日期",
    "lost_reason": "丢单原因",
    "contract_id": "合同编号 contract_no",
    "starts_on": "开始日期 start_date",
    "ends_on": "结束日期 end_date",
    "activity_id": "跟进编号",
    "happened_at": "跟进时间",
    "happened_on": "发生日期",
    "minutes": "时长 分钟",
    "month": "月份",
    "value": "值 目标值",
    "metric": "指标",
}


def _index(names: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, others in names.items():
        for other in [name, *others.split()]:
            found.setdefault(plain_name(other), []).append(name)
    return found


_TABLE_OF = _index(_TABLES)
_COLUMNS_OF = _index(_COLUMNS)


def table_named(name: str) -> str | None:
    """Return the contract table that a file or sheet name means, or None."""
    found = _TABLE_OF.get(plain_name(name), [])
    return found[0] if found else None


def column_named(name: str, *, table: str) -> str | None:
    """Return the column of a contract table that a column name means, or None."""
    columns = CONTRACT.tables[table].columns
    plain = plain_name(name)
    if plain in columns:
        return plain
    candidates = [c for c in _COLUMNS_OF.get(plain, []) if c in columns]
    return candidates[0] if candidates else None
