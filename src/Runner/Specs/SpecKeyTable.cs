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
        foreach (var (key, value, meaning) in SweepKeys.Described)
            Row(table, key, value, "", meaning);
        foreach (var key in SweepKeys.Sweep.Tree().Skip(1).Concat(SweepKeys.Parameter("KEY").Children))
            Row(table, key.Path, key.Expected, Default(key), key.Description);
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
