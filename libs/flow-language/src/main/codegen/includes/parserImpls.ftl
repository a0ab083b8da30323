<#-- The statements of the language. Each gives a record of io.millrace.flow.parser.Statement. -->

Statement FlowStatementEof() :
{
    final Statement statement;
}
{
    (
        statement = CreateStatement()
    |
        statement = InsertIntoStatement()
    |
        statement = EndFlowStatement()
    )
    <EOF>
    {
        return statement;
    }
}

/** A query that stands alone, as plans carry it. */
SqlNode FlowQueryEof() :
{
    final SqlNode query;
}
{
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    <EOF>
    {
        return query;
    }
}

Statement CreateStatement() :
{
    final Span s;
    final Statement statement;
}
{
    <CREATE> { s = span(); }
    (
        statement = CreateApplicationStatement(s)
    |
        statement = CreateFlowStatement(s)
    |
        statement = CreateSourceStatement(s)
    |
        statement = CreateStreamStatement(s)
    |
        statement = CreateCacheStatement(s)
    |
        statement = CreateViewStatement(s)
    |
        statement = CreateAlertStatement(s)
    |
        statement = CreateModelStatement(s)
    |
        statement = CreateSinkStatement(s)
    )
    {
        return statement;
    }
}

Statement CreateApplicationStatement(Span s) :
{
    final SqlIdentifier name;
    List<Option> settings = new ArrayList<Option>();
}
{
    <APPLICATION> name = CompoundIdentifier()
    [ settings = WithOptions() ]
    {
        return new Statement.CreateApplication(s.end(this), name, settings);
    }
}

Statement CreateFlowStatement(Span s) :
{
    final SqlIdentifier name;
    final SqlIdentifier group;
}
{
    <FLOW> name = SimpleIdentifier()
    <ON> <GROUP> group = SimpleIdentifier()
    {
        return new Statement.CreateFlow(s.end(this), name, group);
    }
}

Statement EndFlowStatement() :
{
    final Span s;
}
{
    <END> { s = span(); } <FLOW>
    {
        return new Statement.EndFlow(s.end(this));
    }
}

Statement CreateSourceStatement(Span s) :
{
    final SqlIdentifier name;
    Columns columns = null;
    final List<Option> settings;
}
{
    <SOURCE> name = SimpleIdentifier()
    [ columns = DeclaredColumns() ]
    settings = WithOptions()
    {
        return new Statement.CreateSource(s.end(this), name, columns, settings);
    }
}

Statement CreateStreamStatement(Span s) :
{
    final SqlIdentifier name;
    Columns columns = null;
    List<SqlIdentifier> partitionBy = null;
    TimestampBy timestampBy = null;
    List<Option> settings = new ArrayList<Option>();
    TableOf table = null;
    SqlNode query = null;
    Value epl = null;
}
{
    <STREAM> name = SimpleIdentifier()
    [ columns = DeclaredColumns() ]
    (
        partitionBy = PartitionByClause()
    |
        timestampBy = TimestampByClause()
    |
        settings = WithOptions()
    )*
    [
        <FROM> table = TableOfSource()
        (
            partitionBy = PartitionByClause()
        |
            timestampBy = TimestampByClause()
        |
            settings = WithOptions()
        )*
    |
        <AS>
        (
            LOOKAHEAD(2)
            <EPL> epl = EplText()
        |
            query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
        )
    ]
    {
        return new Statement.CreateStream(s.end(this), name, columns, partitionBy, timestampBy,
            settings, table, query, epl);
    }
}

Statement InsertIntoStatement() :
{
    final Span s;
    final SqlIdentifier target;
    List<SqlIdentifier> columns = null;
    final SqlNode query;
}
{
    <INSERT> { s = span(); } <INTO> target = CompoundIdentifier()
    [
        LOOKAHEAD(<LPAREN> SimpleIdentifier() ( <COMMA> | <RPAREN> ))
        columns = NameList()
    ]
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    {
        return new Statement.InsertInto(s.end(this), target, columns, query);
    }
}

Statement CreateCacheStatement(Span s) :
{
    final SqlIdentifier name;
    Columns columns = null;
    List<SqlIdentifier> key = null;
    TableOf table = null;
    SqlIdentifier stream = null;
    List<Option> settings = new ArrayList<Option>();
}
{
    <CACHE> name = SimpleIdentifier()
    (
        columns = DeclaredColumns()
        settings = WithOptions()
    |
        [ <KEY> key = NameList() ]
        <FROM> stream = CompoundIdentifier()
        [
            table = TableName(stream) { stream = null; }
        ]
        [ settings = WithOptions() ]
    )
    {
        return new Statement.CreateCache(s.end(this), name, columns, key, table, stream, settings);
    }
}

Statement CreateViewStatement(Span s) :
{
    final SqlIdentifier name;
    List<SqlIdentifier> key = null;
    SqlNode retain = null;
    final SqlNode query;
}
{
    <MATERIALIZED> <VIEW> name = SimpleIdentifier()
    [ <KEY> key = NameList() ]
    [ <RETAIN> retain = IntervalLiteral() ]
    <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    {
        return new Statement.CreateView(s.end(this), name, key, retain, query);
    }
}

Statement CreateAlertStatement(Span s) :
{
    final SqlIdentifier name;
    final SqlIdentifier stream;
    List<SqlIdentifier> key = null;
    final SqlNode raise;
    SqlNode clear = null;
    final SqlIdentifier severity;
    final String message;
    SqlNode repeat = null;
    final List<SqlIdentifier> channels = new ArrayList<SqlIdentifier>();
    SqlIdentifier channel;
}
{
    <ALERT> name = SimpleIdentifier()
    <ON> stream = CompoundIdentifier()
    [ <KEY> key = NameList() ]
    <RAISE> <WHEN> raise = Expression(ExprContext.ACCEPT_NON_QUERY)
    [ <CLEAR> <WHEN> clear = Expression(ExprContext.ACCEPT_NON_QUERY) ]
    <SEVERITY> severity = SimpleIdentifier()
    <MESSAGE> message = Text()
    [ <REPEAT> <EVERY> repeat = IntervalLiteral() ]
    <NOTIFY> channel = SimpleIdentifier() { channels.add(channel); }
    ( <COMMA> channel = SimpleIdentifier() { channels.add(channel); } )*
    {
        return new Statement.CreateAlert(s.end(this), name, stream, key, raise, clear, severity,
            message, repeat, channels);
    }
}

Statement CreateModelStatement(Span s) :
{
    final SqlIdentifier name;
    final List<Option> settings;
}
{
    <MODEL> name = SimpleIdentifier()
    settings = WithOptions()
    {
        return new Statement.CreateModel(s.end(this), name, settings);
    }
}

Statement CreateSinkStatement(Span s) :
{
    final SqlIdentifier name;
    final SqlIdentifier from;
    final List<Option> settings;
}
{
    <SINK> name = SimpleIdentifier()
    <FROM> from = CompoundIdentifier()
    settings = WithOptions()
    {
        return new Statement.CreateSink(s.end(this), name, from, settings);
    }
}

TableOf TableOfSource() :
{
    final SqlIdentifier source;
    final TableOf table;
}
{
    source = SimpleIdentifier()
    table = TableName(source)
    {
        return table;
    }
}

TableOf TableName(SqlIdentifier source) :
{
    final String table;
}
{
    <TABLE> table = Text()
    {
        return new TableOf(source, table, getPos());
    }
}

List<SqlIdentifier> PartitionByClause() :
{
    final List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    SqlIdentifier column;
    List<SqlIdentifier> list;
}
{
    <PARTITION> <BY>
    (
        list = NameList() { columns.addAll(list); }
    |
        column = SimpleIdentifier() { columns.add(column); }
        ( <COMMA> column = SimpleIdentifier() { columns.add(column); } )*
    )
    {
        return columns;
    }
}

TimestampBy TimestampByClause() :
{
    final SqlIdentifier column;
    SqlNode lateness = null;
}
{
    <TIMESTAMP> <BY> column = SimpleIdentifier()
    [ <ALLOW> <LATENESS> lateness = IntervalLiteral() ]
    {
        return new TimestampBy(column, lateness);
    }
}

List<SqlIdentifier> NameList() :
{
    final List<SqlIdentifier> names = new ArrayList<SqlIdentifier>();
    SqlIdentifier name;
}
{
    <LPAREN> name = SimpleIdentifier() { names.add(name); }
    ( <COMMA> name = SimpleIdentifier() { names.add(name); } )*
    <RPAREN>
    {
        return names;
    }
}

Columns DeclaredColumns() :
{
    final List<Column> list = new ArrayList<Column>();
    List<SqlIdentifier> primaryKey = new ArrayList<SqlIdentifier>();
}
{
    <LPAREN>
    DeclaredColumn(list)
    (
        <COMMA>
        (
            LOOKAHEAD(2)
            <PRIMARY> <KEY> primaryKey = NameList()
        |
            DeclaredColumn(list)
        )
    )*
    <RPAREN>
    {
        return new Columns(list, primaryKey);
    }
}

void DeclaredColumn(List<Column> list) :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
    boolean notNull = false;
    boolean primaryKey = false;
}
{
    name = SimpleIdentifier()
    type = DataType()
    (
        <NOT> <NULL> { notNull = true; }
    |
        <PRIMARY> <KEY> { primaryKey = true; }
    )*
    {
        list.add(new Column(name, type, notNull, primaryKey));
    }
}

List<Option> WithOptions() :
{
    final List<Option> settings = new ArrayList<Option>();
}
{
    <WITH> <LPAREN>
    (
        LOOKAHEAD({ getToken(1).kind != RPAREN })
        OneOption(settings)
        ( <COMMA> OneOption(settings) )*
    |
        { }
    )
    <RPAREN>
    {
        return settings;
    }
}

void OneOption(List<Option> settings) :
{
    final Value name;
    final Value value;
}
{
    name = OptionName()
    <EQ>
    value = OptionValue()
    {
        settings.add(new Option(name.pos().plus(value.pos()), name.text(), name.pos(), value));
    }
}

/** Any word, reserved or not, several with dots or hyphens between them, or a quoted name. */
Value OptionName() :
{
}
{
    {
        return WrittenNames.word(this, "an option's name");
    }
}

Value OptionValue() :
{
    final String text;
    String sign = "";
    final SqlIdentifier name;
}
{
    LOOKAHEAD(2)
    <SECRET> name = SimpleIdentifier() {
        return new Value(name.getParserPosition(), Value.Kind.SECRET, name.getSimple());
    }
|
    text = Text() {
        return new Value(getPos(), Value.Kind.STRING, text);
    }
|
    [ <MINUS> { sign = "-"; } | <PLUS> ]
    ( <UNSIGNED_INTEGER_LITERAL> | <DECIMAL_NUMERIC_LITERAL> | <APPROX_NUMERIC_LITERAL> ) {
        return new Value(getPos(), Value.Kind.NUMBER, sign + token.image);
    }
|
    <TRUE> {
        return new Value(getPos(), Value.Kind.BOOLEAN, "true");
    }
|
    <FALSE> {
        return new Value(getPos(), Value.Kind.BOOLEAN, "false");
    }
|
    {
        return WrittenNames.word(this, "a value");
    }
}

/** A character literal's text. */
String Text() :
{
}
{
    <QUOTED_STRING> {
        return WrittenNames.text(token);
    }
}

Value EplText() :
{
}
{
    <DOLLAR_STRING> {
        return new Value(getPos(), Value.Kind.STRING,
            token.image.substring(2, token.image.length() - 2));
    }
}

SqlTypeNameSpec ArrayOfTypeName() :
{
    final Span s;
    final SqlDataTypeSpec element;
}
{
    <ARRAY> { s = span(); } <LT> element = DataType() <GT>
    {
        return new SqlCollectionTypeNameSpec(element.getTypeNameSpec(), SqlTypeName.ARRAY, s.end(this));
    }
}

/* STRING(10), and misspelt names of types, which are to be read like those without arguments. */
SqlTypeNameSpec NameWithArguments() :
{
    final SqlIdentifier name;
}
{
    <IDENTIFIER> { name = new SqlIdentifier(token.image, getPos()); }
    <LPAREN> UnsignedIntLiteral() ( <COMMA> UnsignedIntLiteral() )* <RPAREN>
    {
        return new SqlUserDefinedTypeNameSpec(name, name.getParserPosition());
    }
}
