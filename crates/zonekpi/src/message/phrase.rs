//! The words of the display: column heads, group names, footnotes.

use super::messages;

messages! {
    /// A word or a sentence of the display.
    Phrase {
        NotFilled = "not_filled": "未填", "not filled in";
        Unknown = "unknown": "未知", "unknown";
        Total = "total": "合计", "Total";
        CancelledHasNoEffect = "cancelled_has_no_effect":
            "“{indicator_zh}”所在的表没有退出日期，cancelled=\"drop\" 对它不起作用",
            "the table of '{indicator_en}' has no cancellation date: cancelled=\"drop\" has no effect on it";
        CancelledFixed = "cancelled_fixed":
            "“{indicator_zh}”固定保留退出的项目，cancelled=\"drop\" 对它不起作用",
            "'{indicator_en}' always keeps cancelled rows: cancelled=\"drop\" has no effect on it";
        LeftOut = "left_out":
            "所问的条件对以下指标不适用，未列出：{names_zh}", "left out, since the question has no meaning for them: {names_en}";
        IssueAtCell = "issue_at_cell": "第 {row} 行“{column}”列：{issue}", "row {row}, {column}: {issue}";
        IssueAtRow = "issue_at_row": "第 {row} 行：{issue}", "row {row}: {issue}";
        IssueInColumn = "issue_in_column": "“{column}”列：{issue}", "{column}: {issue}";
        DamageCutOff = "damage_cut_off": "没有结尾，多半是下载或复制中断", "its end is missing, as after a download that was cut short";
        DamageReader = "damage_reader": "内部结构读不懂", "its structure cannot be understood";
        DamageContainer = "damage_container": "容器的扇区链断了或成了环", "the chains of its sectors break off or run in a circle";
        DamageUnpacks = "damage_unpacks":
            "其中的“{part}”解压后超过 {most}", "its part '{part}' unpacks to more than {most}";
        DamageDeclares = "damage_declares":
            "其中的“{part}”声明的数量（{count}）多于它的内容",
            "its part '{part}' declares more ({count}) than it holds";
        StepRows = "step_rows": "台账的行", "rows of the ledger";
        StepFilter = "step_filter": "符合筛选", "met by the filter";
        StepPhases = "step_phases": "去掉分期", "phases taken out";
        StepDated = "step_dated": "在时点或期间之内", "placed in time";
        StepPopulation = "step_population": "属于总体", "in the population";
        StepExclusions = "step_exclusions": "去掉剔除项", "exclusions taken out";
        StepCancelled = "step_cancelled": "去掉已退出", "cancelled taken out";
        StepMature = "step_mature": "期满", "old enough";
        StepDenominator = "step_denominator": "分母", "denominator";
        StepMet = "step_met": "符合条件", "met";
        Cumulative = "cumulative": "累计", "cumulative";
        PeriodYear = "period_year": "{year}年", "{year}";
        PeriodFirstHalf = "period_first_half": "{year}年上半年", "{year} H1";
        PeriodSecondHalf = "period_second_half": "{year}年下半年", "{year} H2";
        PeriodFirstQuarter = "period_first_quarter": "{year}年一季度", "{year} Q1";
        PeriodSecondQuarter = "period_second_quarter": "{year}年二季度", "{year} Q2";
        PeriodThirdQuarter = "period_third_quarter": "{year}年三季度", "{year} Q3";
        PeriodFourthQuarter = "period_fourth_quarter": "{year}年四季度", "{year} Q4";
        PeriodMonth = "period_month": "{year}年{month}月", "{year}-{month}";
        PeriodMonths = "period_months": "{year}年{first}–{last}月", "{year}-{first} to {year}-{last}";
        PeriodDay = "period_day": "{year}年{month}月{day}日", "{year}-{month}-{day}";
        PeriodDays = "period_days": "{start} 至 {end}", "{start} to {end}";
        UnitCount = "unit_count": "个", "";
        UnitYuan = "unit_yuan": "元", "CNY";
        UnitTenThousand = "unit_ten_thousand": "万元", "10k CNY";
        UnitMillion = "unit_million": "百万元", "m CNY";
        UnitHundredMillion = "unit_hundred_million": "亿元", "100m CNY";
        UnitBillion = "unit_billion": "十亿元", "bn CNY";
        UnitPerMu = "unit_per_mu": "{money}/亩", "{money}/mu";
        UnitMu = "unit_mu": "亩", "mu";
        UnitSquareMetre = "unit_square_metre": "㎡", "m²";
        UnitPersons = "unit_persons": "人", "persons";
        UnitDays = "unit_days": "天", "days";
        UnitWorkingDays = "unit_working_days": "工作日", "working days";
        Points = "points": "{number} 个百分点", "{number} pp";
        Yes = "yes": "是", "yes";
        No = "no": "否", "no";
        Comma = "comma": "、", ", ";
        Pause = "pause": "，", ", ";
        Semicolon = "semicolon": "；", "; ";
        HeadIndicator = "head_indicator": "指标", "Indicator";
        HeadValue = "head_value": "数值", "Value";
        HeadFraction = "head_fraction": "分子/分母", "n/d";
        HeadUnknown = "head_unknown": "未知", "Unknown";
        HeadPeriod = "head_period": "期间", "Period";
        HeaderWithUnit = "header_with_unit": "{header}（{unit}）", "{header} ({unit})";
        AsOf = "as_of": "截至 {date}", "as of {date}";
        TitlePeriod = "title_period": "期间 {period}", "period {period}";
        CountUnknown = "count_unknown": "未知 {count} 项", "{count} unknown";
        CountPopulationUnknown = "count_population_unknown": "归属未知 {count} 项", "{count} of unknown membership";
        CountExcluded = "count_excluded": "剔除 {count} 项", "{count} excluded";
        TrueValue = "true_value": "真值 {bounds}", "true value {bounds}";
        Interval = "interval": "{confidence}% 区间（Wilson）{interval}", "{confidence}% interval (Wilson) {interval}";
        NoteUnknown = "note_unknown":
            "有未知项（占比的分母含未知者，合计只加已知者）：", "some rows are unknown (a share keeps them in its denominator, a sum adds only what is known):";
        NoteUnknownItem = "note_unknown_item": "{cell}：{facts}", "{cell}: {facts}";
        NoteMore = "note_more": "另有 {count} 处", "{count} more";
        NoteIncomplete = "note_incomplete":
            "期间尚未结束：数据截至 {date}", "the period is not over: data up to {date}";
        NoteAfterSnapshot = "note_after_snapshot":
            "所问日期晚于台账：台账记录到 {date}", "the date asked about is after the ledger, which records up to {date}";
        NoteUndated = "note_undated":
            "以下列只有 {date} 的状态：{columns}", "these columns are known only as of {date}: {columns}";
        NoteYearToDate = "note_year_to_date":
            "流量为本年累计：{start} 至 {end}", "flows cover the year to date: {start} to {end}";
        AbsentNear = "absent_near":
            "筛选中的“{value_zh}”在“{column_zh}”列中一行也没有；相近的有：{values_zh}",
            "no row has '{value_en}', which the filter names, in '{column_en}'; near it are: {values_en}";
        AbsentOfOthers = "absent_of_others":
            "筛选中的“{value_zh}”在“{column_zh}”列中一行也没有；该列有 {count} 个值，如 {values_zh}",
            "no row has '{value_en}', which the filter names, in '{column_en}'; of its {count} values are: {values_en}";
        AbsentOfNone = "absent_of_none":
            "筛选中的“{value_zh}”在“{column_zh}”列中一行也没有：该列没有任何已知的值",
            "no row has '{value_en}', which the filter names, in '{column_en}': the column has no known value at all";
        SyntaxEnds = "syntax_ends": "没有写完", "it ends too early";
        SyntaxFound = "syntax_found": "此处不该是“{found}”", "'{found}' is not expected here";
        SyntaxExpected = "syntax_expected":
            "此处应是“{expected}”，而不是“{found}”", "'{expected}' is expected here, not '{found}'";
        SyntaxQuote = "syntax_quote": "此处的引号没有闭合", "the quote that opens here is never closed";
        SyntaxOther = "syntax_other": "{detail}", "{detail}";
        TomlField = "toml_field": "没有名为“{found}”的字段；可用：{allowed}", "there is no field '{found}'; there are: {allowed}";
        TomlMissing = "toml_missing": "缺少字段“{found}”", "the field '{found}' is missing";
        TomlType = "toml_type": "“{found}”不是此处应有的类型", "'{found}' is not of the type that is needed here";
        TomlTwice = "toml_twice": "“{found}”写了两次", "'{found}' is written twice";
        TomlFound = "toml_found": "“{found}”处不合 TOML 的写法", "'{found}' is not TOML";
        MissingDerived = "missing_derived":
            "；有了“{from_zh}”，“{column_zh}”可由它得出", "; where '{from_en}' is there, '{column_en}' is made from it";
        MissingForDrop = "missing_for_drop":
            "；“{column_zh}”只是剔除已退出者时才需要，cancelled=\"keep\" 时不需要",
            "; '{column_en}' is needed only to take out what was cancelled: with cancelled=\"keep\" it is not";
        UnitShareName = "unit_share_name": "百分比", "percent";
        UnitCountName = "unit_count_name": "个", "number";
        UnitRatioName = "unit_ratio_name": "比值", "ratio";
        HeadInterval = "head_interval": "{confidence}% 区间", "{confidence}% interval";
        AsOfEach = "as_of_each": "截至各期末：{first} 至 {last}", "as of the end of each period: {first} to {last}";
        NotePeriodAfter = "note_period_after":
            "期间在数据之后：数据截至 {date}，此后发生多少尚不可知，不是 0",
            "the period is after the data, which end on {date}: how much will happen then is not known, and not 0";
    }
}
