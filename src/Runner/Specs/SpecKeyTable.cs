using System.Text;

namespace AeVae.Runner.Specs;

/// <summary>The experiment format as a Markdown table, for experiments/README.md.</summary>
static class SpecKeyTable
{
    /// <summary>One row per key: name, values, default, meaning.</summary>
    public static string Markdown()
    {
        var table = new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
        Row(table, "extends", "path", "", SpecSchema.Extends);
        foreach (var key in SpecKeys.All.Where(key => key.Kind != KeyKind.Section || key.IsNullable))
            Row(table, key.Path, key.Expected, Default(key), $"{key.Description}{Applicability.Note(key.Path)}");
        return table.ToString();
    }

    static void Row(StringBuilder table, string key, string value, string defaultValue, string meaning) =>
        table.Append("| ").AppendJoin(" | ", $"`{key}`", Cell(value), defaultValue, Cell(meaning)).Append(" |\n");

    static string Default(SpecKey key) => key switch
    {
        { IsRequired: true } => "**required**",
        { DefaultText: { Length: > 0 } text } => $"`{text.Trim('"')}`",
        _ => "",
    };

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
