//! What can go wrong: the sentences of [`crate::Error`].

use super::messages;

messages! {
    /// The code of an error's message.
    ErrorCode {
        UnknownIndicator = "unknown_indicator":
            "没有名为“{found}”的指标", "there is no indicator named '{found}'";
        UnknownColumn = "unknown_column":
            "表“{table}”没有名为“{found}”的列；可用的列：{allowed}",
            "table '{table}' has no column named '{found}'; it has: {allowed}";
        UnknownTable = "unknown_table":
            "没有名为“{found}”的表；可用的表：{allowed}", "there is no table named '{found}'; there are: {allowed}";
        MissingColumns = "missing_columns":
            "指标“{indicator}”需要表“{table}”的列，而台账没有：{missing}",
            "indicator '{indicator}' needs columns of table '{table}' that the ledger does not have: {missing}";
        MissingTable = "missing_table":
            "指标“{indicator}”需要表“{table}”，而台账没有这张表",
            "indicator '{indicator}' needs the table '{table}', which the ledger does not have";
        Overflow = "overflow":
            "“{indicator}”的合计超出 128 位整数，无法精确计算", "the sum of '{indicator}' does not fit 128 bits, so it cannot be exact";
        Engine = "engine": "计算引擎报错：{detail}", "the computing engine failed: {detail}";
        ExpressionTooLong = "expression_too_long":
            "表达式有 {found} 个字符，最多 {most} 个", "the expression has {found} characters; at most {most} are allowed";
        ExpressionTooDeep = "expression_too_deep":
            "表达式嵌套或连用运算符超过 {most} 层",
            "the expression nests, or chains operators, more than {most} deep";
        ExpressionSyntax = "expression_syntax":
            "表达式读不懂：{detail}", "the expression cannot be read: {detail}";
        ExpressionRest = "expression_rest":
            "表达式到此应结束，却还有“{found}”", "the expression should end here, but '{found}' follows";
        NotInLanguage = "not_in_language":
            "“{found}”不属于表达式语言；可用：列、project.列、常量、= <> < <= > >=、AND OR NOT、IN、BETWEEN、IS NULL、+ - *、as_of、days_between、happened",
            "'{found}' is not part of the expression language, which has columns, project.column, literals, = <> < <= > >=, AND OR NOT, IN, BETWEEN, IS NULL, + - *, as_of, days_between and happened";
        DivisionRefused = "division_refused":
            "表达式不能做除法：合计之比请用 ratio，由 numerator 和 denominator 组成",
            "expressions do not divide: a quotient of sums is a ratio, of a numerator and a denominator";
        UnknownFunction = "unknown_function":
            "没有名为“{found}”的函数；可用：{allowed}", "there is no function named '{found}'; there are: {allowed}";
        FunctionArguments = "function_arguments":
            "{function} 的写法是 {usage}", "{function} is written {usage}";
        NoWorkingDays = "no_working_days":
            "本版本不含工作日历，因此没有 {found}；days_between 计算自然日",
            "the working-day calendar is not part of this version, so there is no {found}; days_between counts natural days";
        EventCompared = "event_compared":
            "“{column}”是事件，其日期可能只知道一个区间，不能直接比较或判空；请写 {form}",
            "'{column}' is an event, whose date may be known only as an interval, so it is not compared directly; write {form}";
        NotAnEvent = "not_an_event":
            "happened 的第一个参数应是事件列，而不是“{found}”",
            "happened asks about a column of an event, which '{found}' is not";
        PlannedNotEvent = "planned_not_event":
            "“{found}”是计划或到期日期，不是事件；请写 {form}",
            "'{found}' is a planned or due date, not an event; write {form}";
        NotACondition = "not_a_condition":
            "此处应是条件，而“{found}”不是（{type}）", "a condition is needed here, which '{found}' is not ({type})";
        ConditionAsValue = "condition_as_value":
            "此处应是数值、文本或日期，而“{found}”是条件",
            "a number, a text or a date is needed here, but '{found}' is a condition";
        FlagAsValue = "flag_as_value":
            "“{column}”是“是/否”列，本身就是条件；请写 {column} 或 NOT {column}",
            "'{column}' is yes or no and a condition by itself; write {column} or NOT {column}";
        NotAFlag = "not_a_flag":
            "只有“是/否”列能与 TRUE、FALSE 比较，“{found}”不是",
            "only a column of yes and no is compared with TRUE or FALSE, which '{found}' is not";
        ConstantsCompared = "constants_compared":
            "TRUE、FALSE 不能互相比较", "TRUE and FALSE are not compared with each other";
        TypesDiffer = "types_differ":
            "“{left}”（{left_type}）与“{right}”（{right_type}）类型不同，不能比较",
            "'{left}' ({left_type}) and '{right}' ({right_type}) are of different types and are not compared";
        NoOrder = "no_order":
            "“{found}”（{type}）没有大小先后，只能用 =、<> 或 IN", "'{found}' ({type}) has no order; use =, <> or IN";
        NeedsNumbers = "needs_numbers":
            "“{operator}”用于数字，而“{found}”不是（{type}）", "'{operator}' works on numbers, which '{found}' is not ({type})";
        DateArithmetic = "date_arithmetic":
            "日期只能加减整数天（最多 100000 天），“{found}”不行；两个日期相差的天数请写 days_between(from, to)",
            "a date takes whole days (at most 100000) added or taken, which '{found}' is not; the days between two dates are days_between(from, to)";
        NumberTooLong = "number_too_long":
            "“{found}”的位数太多：共 27 位、小数 18 位以内", "'{found}' has too many digits: 27 in all and 18 after the point are allowed";
        NotADay = "not_a_day":
            "“{found}”不是日期；请写成 DATE '2024-03-31' 的形式", "'{found}' is not a day; write it like DATE '2024-03-31'";
        NullCompared = "null_compared":
            "NULL 不等于任何值，也不是条件；请写 IS NULL 或 IS NOT NULL",
            "NULL equals nothing and is no condition; write IS NULL or IS NOT NULL";
        IsNullOfColumns = "is_null_of_columns":
            "IS NULL 只能用于一列，而不是“{found}”", "IS NULL asks about one column, which '{found}' is not";
        ListOfLiterals = "list_of_literals":
            "IN 的列表只能是常量，“{found}”不是", "the list of IN holds literals, which '{found}' is not";
        UnknownValue = "unknown_value":
            "列“{column}”没有“{found}”这个值；可用：{allowed}", "column '{column}' has no value '{found}'; it has: {allowed}";
        QuotedName = "quoted_name":
            "双引号里是列名，而没有名为“{found}”的列；文本请用单引号：{form}",
            "double quotes are around names of columns, and there is none named '{found}'; a text stands in single quotes: {form}";
        MissingColumn = "missing_column":
            "台账的表“{table}”没有列“{column}”；它的表头可以是：{headers}",
            "table '{table}' of the ledger does not have the column '{column}', whose header may be: {headers}";
        NoProject = "no_project":
            "表“{table}”不引用项目，因此没有 project.{found}",
            "table '{table}' does not refer to projects, so there is no project.{found}";
        OnlyProject = "only_project":
            "点号之前只能是 project，“{found}”不行", "only project stands before a point, so '{found}' has no meaning";
        DefinitionSyntax = "definition_syntax":
            "定义读不懂：{detail}", "the definition cannot be read: {detail}";
        DefinitionsNotFound = "definitions_not_found":
            "没有定义文件“{file}”", "there is no file of definitions '{file}'";
        DefinitionsUnreadable = "definitions_unreadable":
            "定义文件“{file}”无法读取：{detail}", "the file of definitions '{file}' cannot be read: {detail}";
        InvalidId = "invalid_id":
            "“{found}”不能作指标编号：编号由小写字母、数字和下划线组成，以字母开头",
            "'{found}' is no id: an id has lower-case letters, digits and underscores, and begins with a letter";
        ReservedId = "reserved_id":
            "“{found}”是编程语言的保留字，不能作指标编号", "'{found}' is a reserved word of Rust or Python and no id";
        IdContradicts = "id_contradicts":
            "条目“{key}”里写的 id 却是“{found}”", "the entry '{key}' says that its id is '{found}'";
        DuplicateIndicator = "duplicate_indicator":
            "指标“{found}”已有定义；请另取编号", "the indicator '{found}' is already defined; choose another id";
        NoMeasure = "no_measure":
            "没有计量方式；count、share、sum、distinct、ratio 中须有一个",
            "there is no measure; one of count, share, sum, distinct, ratio is needed";
        SeveralMeasures = "several_measures":
            "计量方式只能有一个，这里有：{found}", "there is one measure to an indicator, and here are: {found}";
        MeasureLater = "measure_later":
            "本版本还没有“{found}”这种计量方式", "the measure '{found}' is not part of this version; it comes with a later one";
        FieldNeeded = "field_needed": "缺少 {field}，例如 {form}", "{field} is missing; write for example {form}";
        FieldWithout = "field_without": "{field} 只能与 {with} 同用", "{field} only goes with {with}";
        VariantOfVariant = "variant_of_variant":
            "变体“{found}”不能再有变体", "the variant '{found}' cannot have variants of its own";
        NoTime = "no_time":
            "没有时间口径；须写 stock（截至某日）或 flow（某期间内），stock = \"*\" 指全部行",
            "there is no time; write stock (at a date) or flow (in a period), or stock = \"*\" for all rows";
        TwoTimes = "two_times": "stock 和 flow 只能写一个", "write stock or flow, not both";
        FlowOfAll = "flow_of_all":
            "流量须有日期列；全部行请写 stock = \"*\"", "a flow needs a date; for all rows write stock = \"*\"";
        NotATime = "not_a_time":
            "“{found}”不能作时间：须是本表的事件列或日期列",
            "'{found}' is no time: an event or a date of the table itself is needed";
        NotANumber = "not_a_number": "此处应是数字，而“{found}”不是", "a number is needed here, which '{found}' is not";
        NotGroupable = "not_groupable":
            "“{found}”是数字或日期，不能数不同的值", "'{found}' is a number or a date, whose values are not told apart";
        RatioMixed = "ratio_mixed":
            "ratio 的分子分母须同为指标编号，或同为 sum、count、distinct",
            "the sides of a ratio are both ids of indicators, or both sum, count or distinct";
        PartMeasure = "part_measure":
            "ratio 的一边须是 sum、count、distinct 中的一个", "a side of a ratio is one of sum, count, distinct";
        ComponentMeasure = "component_measure":
            "“{found}”不能作 ratio 的一边：只能是计数、合计或去重计数的指标",
            "'{found}' cannot be a side of a ratio: only counts, sums and distinct counts are divided";
        NotOfIndicators = "not_of_indicators":
            "两个指标之比没有自己的行，不能写 {field}", "a ratio of two indicators has no rows of its own, and so no {field}";
        OnceNotReference = "once_not_reference":
            "“{found}”不引用项目，不能用于 once", "'{found}' does not refer to projects, so nothing counts once by it";
        OnceReadsOwn = "once_reads_own":
            "用了 once，计量只能读 project. 的列，而“{found}”是行自己的列",
            "with once the measure reads columns of the project only, but '{found}' is the row's own";
        OnceDistinct = "once_distinct":
            "once 不能与 distinct 同用：distinct 本身已经去重", "once does not go with distinct, which counts each value once by itself";
    }
}
