using AeVae.Reports.Markdown;

namespace AeVae.Reports.Runs;

/// <summary>The settings that shape the numbers, under the keys of the experiment file.</summary>
static class SettingsTable
{
    static readonly string[] Sections = ["data.", "model.", "loss.", "train."];

    public static string Write(RunData run)
    {
        MarkdownTable table = new("setting", "value");
        foreach (string section in Sections)
        {
            foreach ((string key, string value) in run.Detail.Parameters.Where(p => p.Key.StartsWith(section, StringComparison.Ordinal) && p.Value != "null"))
                table.Add(MarkdownText.Code(key), MarkdownText.Code(value));
        }

        string beta = run.Detail.EffectiveBeta is { } effective
            ? $"Effective β, the weight of the KL term where the reconstruction term is a log-likelihood in nats per image: **{Numbers.Chosen(effective)}**. "
            : "";
        return $"{table}\n{beta}Trained parameters: {Numbers.Count(run.Detail.ParameterCount)}.\n";
    }
}
