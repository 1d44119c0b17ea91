using System.Globalization;
using System.Text.RegularExpressions;

namespace AeVae.Tracking;

/// <summary>What runs of a list have in common: <c>val.loss&lt;110</c>.</summary>
/// <param name="Column">A column of lists.</param>
/// <param name="Operator">One of <c>= != &lt; &lt;= &gt; &gt;= ~</c>.</param>
/// <param name="Value">What is compared with.</param>
sealed partial record RunCondition(string Column, string Operator, string Value)
{
    /// <summary>Reads conditions that are joined by <c>and</c>.</summary>
    /// <exception cref="UnknownNameException">The text is something else.</exception>
    public static IReadOnlyList<RunCondition> Parse(string text)
    {
        List<RunCondition> conditions = [];
        for (int at = 0; at < text.Length || conditions.Count == 0;)
        {
            Match next = One().Match(text, at);
            if (!next.Success)
                throw new UnknownNameException($"'{text[at..].Trim()}' is no condition. Write COLUMN, one of = != < <= > >= ~ (contains), and a value, in quotes if it has blanks; several are joined by 'and': val.loss<110 and model.type=vae");
            RunCondition condition = new(next.Groups["column"].Value, next.Groups["operator"].Value.Replace("==", "=", StringComparison.Ordinal), next.Groups["value"].Value);
            if (condition.IsOrder && condition.Column != RunColumn.Started && condition.Number is null)
                throw new UnknownNameException($"'{next.Value.Trim()}': {condition.Operator} compares numbers (and {RunColumn.Started}), and '{condition.Value}' is none.");
            conditions.Add(condition);
            at += next.Length;
        }

        return conditions;
    }

    double? Number => ToNumber(Value);

    bool IsOrder => Operator[0] is '<' or '>';

    /// <summary>Whether it is true of a run's value.</summary>
    /// <param name="number">The value, where it is one of a metric.</param>
    /// <param name="text">The value, where it is none; null where the run has none: then only <c>!=</c> is true.</param>
    public bool Holds(double? number, string? text) => Operator switch
    {
        "!=" => !IsEqual(number, text),
        "=" => IsEqual(number, text),
        "~" => text?.Contains(Value, StringComparison.OrdinalIgnoreCase) == true,
        _ when Column == RunColumn.Started => text is not null && Follows(string.CompareOrdinal(text, Value)),
        _ => (number ?? ToNumber(text)) is { } found && !double.IsNaN(found) && Follows(found.CompareTo(Number)),
    };

    bool IsEqual(double? number, string? text) =>
        Column == RunColumn.Tags ? text?.Split(' ').Contains(Value) == true
        : Column == RunColumn.Started ? text?.StartsWith(Value, StringComparison.Ordinal) == true
        : (number ?? ToNumber(text)) is { } found && Number is { } wanted ? found == wanted
        : text == Value;

    bool Follows(int order) => Operator switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    static double? ToNumber(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    // The longer operators first. A value ends at a blank, unless it is in quotes.
    [GeneratedRegex("""\G\s*(?<column>[\w.]+)\s*(?<operator><=|>=|!=|==|=|<|>|~)\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s"'<>=!~]+))(?:\s+and\s+(?=\S)|\s*$)""", RegexOptions.IgnoreCase)]
    private static partial Regex One();
}
