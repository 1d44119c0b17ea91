using System.Globalization;
using System.Text.RegularExpressions;

namespace AeVae.Tracking;

/// <summary>What runs of a list have in common: <c>val.loss&lt;110</c>.</summary>
/// <param name="Column">A column of lists.</param>
/// <param name="Operator">One of <c>= != &lt; &lt;= &gt; &gt;= ~</c>.</param>
/// <param name="Value">What is compared with.</param>
sealed partial record RunCondition(string Column, string Operator, string Value)
{
    const double FirstRoundedInteger = 1L << 53;   // of larger ones, such as seeds, a double may mean several

    // Columns of text in which 007 is not 7.
    static readonly string[] Words = ["name", "variant", "status", "verification", "note"];

    /// <summary>Whether the value is part of the column's text.</summary>
    public bool IsContains => Operator == "~";

    /// <summary>Reads conditions that are joined by <c>and</c>.</summary>
    /// <exception cref="UnknownNameException">The text is something else.</exception>
    public static IReadOnlyList<RunCondition> Parse(string text)
    {
        List<RunCondition> conditions = [];
        for (int at = 0; at < text.Length || conditions.Count == 0;)
        {
            Match next = One().Match(text, at);
            if (!next.Success)
                throw new UnknownNameException($"'{text[at..].Trim()}' is no condition. Write COLUMN, one of = != < <= > >= ~ (contains), and a value, in quotes if it has blanks or one of these signs; several are joined by 'and': val.loss<110 and model.type=vae");
            RunCondition condition = new(next.Groups["column"].Value, next.Groups["operator"].Value.Replace("==", "=", StringComparison.Ordinal), next.Groups["value"].Value);
            conditions.Add(condition.Column == RunColumn.Started ? condition.AsTime() : condition.Checked());
            at += next.Length;
        }

        return conditions;
    }

    /// <summary>Whether it is true of a run's value.</summary>
    /// <param name="number">The value, where it is one of a metric.</param>
    /// <param name="text">The value, where it is none; null where the run has none: then only <c>!=</c> is true.</param>
    public bool Holds(double? number, string? text) => Operator switch
    {
        "!=" => !IsEqual(number, text),
        "=" => IsEqual(number, text),
        "~" => text?.Contains(Value, StringComparison.OrdinalIgnoreCase) == true,
        _ when Column == RunColumn.Started => text is not null && Follows(string.CompareOrdinal(Beginning(text), Value)),
        _ => (number ?? ToNumber(text)) is { } found && !double.IsNaN(found) && Follows(found.CompareTo(ToNumber(Value))),
    };

    bool IsEqual(double? number, string? text)
    {
        if (Column == RunColumn.Tags)
            return text?.Split(' ').Contains(Value, StringComparer.OrdinalIgnoreCase) == true;
        if (Column == RunColumn.Started)
            return text is not null && Beginning(text) == Value;
        if (string.Equals(text, Value, StringComparison.OrdinalIgnoreCase))
            return true;
        return !Words.Contains(Column) && (number ?? ToNumber(text)) is { } found && ToNumber(Value) is { } wanted
            && (found == wanted ? Math.Abs(found) < FirstRoundedInteger || number is not null || double.IsInfinity(found) : double.IsNaN(found) && double.IsNaN(wanted));
    }

    bool Follows(int order) => Operator switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    // As much of a time as was given: all of a day is as late as the day.
    string Beginning(string time) => time[..Math.Min(Value.Length, time.Length)];

    RunCondition Checked() => Operator[0] is not ('<' or '>') || ToNumber(Value) is { } number && !double.IsNaN(number) ? this
        : throw new UnknownNameException($"'{this}': {Operator} compares numbers (and {RunColumn.Started}), and '{Value}' is none.");

    RunCondition AsTime() => IsContains || Time().IsMatch(Value) ? this with { Value = Value.Replace(' ', 'T') }
        : throw new UnknownNameException($"'{this}': {RunColumn.Started} is compared with a time in UTC or the beginning of one, 2026-11-30 or '2026-11-30 14:05', and '{Value}' is none.");

    /// <inheritdoc/>
    public override string ToString() => Column + Operator + Value;

    static double? ToNumber(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    // The longer operators first. A value ends at a blank, unless it is in quotes.
    [GeneratedRegex("""\G\s*(?<column>[\w.]+)\s*(?<operator><=|>=|!=|==|=|<|>|~)\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s"'<>=!~]+))(?:\s+and\s+(?=\S)|\s*$)""", RegexOptions.IgnoreCase)]
    private static partial Regex One();

    [GeneratedRegex(@"^\d{4}(-\d\d(-\d\d([T ]\d\d(:\d\d(:\d\d)?)?)?)?)?$")]
    private static partial Regex Time();
}
