using AeVae.Reports.Markdown;

namespace AeVae.Reports.Runs;

/// <summary>The settings that shape the numbers, under the keys of the experiment file.</summary>
static class SettingsTable
{
    static readonly string[] Sections = ["data.", "model.", "loss.", "train.", "eval.", "checkpoint."];

    /// <summary>What effective β presupposes where the reconstruction term is a squared error.</summary>
    public const string OfMse = "for mse that of a Gaussian with variance 1 for each pixel";

    /// <summary>Keys and values that are set, section after section.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(RunData run) =>
        Sections.SelectMany(section => run.Detail.Parameters.Where(setting => setting.Key.StartsWith(section, StringComparison.Ordinal) && Shapes(run, setting.Key, setting.Value)));

    // Of how a run is evaluated and kept, what is not the default and changes numbers.
    static bool Shapes(RunData run, string key, string value) => key switch
    {
        "eval.weights" => value != "last",
        "eval.every" => value != "1",
        "eval.nll_samples" => value != "0",
        "checkpoint.best" => run.KeepsBestEpoch,
        _ => value != "null" && !key.StartsWith("eval.", StringComparison.Ordinal) && !key.StartsWith("checkpoint.", StringComparison.Ordinal),
    };

    public static string Write(RunData run)
    {
        MarkdownTable table = new("setting", "value");
        foreach ((string key, string value) in Of(run))
            table.Add(MarkdownText.Code(key), MarkdownText.Code(value));

        string beta = run.BetaInWords is { } effective
            ? $"Effective β, the weight of the KL term where the reconstruction term is a log-likelihood in nats per image{(run.Parameter("loss.reconstruction") == "mse" ? $", {OfMse}" : "")}: **{effective}**. "
            : "";
        return $"{table}\n{beta}Trained parameters: {Numbers.Count(run.Detail.ParameterCount)}.\n";
    }
}
