using System.Globalization;
using AeVae.Reports.Markdown;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>What came of a run, in one paragraph of measured numbers.</summary>
static class OutcomeParagraph
{
    const int MostDecimals = 15;

    static readonly string[] TestMetrics = ["loss", "bce", "mse", "kl"];

    /// <summary>How it ended, its validation loss, its test metrics: as far as they are stored.</summary>
    public static string Write(RunData run) => string.Join(' ', new[] { Ending(run), Validation(run), Test(run) }.OfType<string>());

    static string Ending(RunData data)
    {
        RunSummary run = data.Run;
        string model = data.IsVae ? "VAE" : "AE";
        string done = $"{run.EpochsDone} of {run.EpochsPlanned} epochs";
        string reason = run.Reason is null ? "" : $": {MarkdownText.Plain(run.Reason).TrimEnd('.')}";
        return run.Status switch
        {
            RunStatus.Completed => $"**Completed.** The {model} trained {done}{reason}.{(run.FinishedAt is null ? "" : $" The run took {Took(data)}.")}",
            RunStatus.Failed => $"**Failed** {(run.ReasonEpoch is { } epoch ? $"in epoch {epoch}" : $"after {done}")}{reason}.",
            RunStatus.Running or RunStatus.Queued => $"**Still {run.Status.Word()}**: {done} so far.",
            _ => $"**{run.Status}** after {done}{reason}.",
        };
    }

    static string? Validation(RunData run)
    {
        if (run.Metric("validation", "loss") is not { } loss) return null;
        (string last, string lowest) = loss.Best is { } value ? Apart(loss.Last, value) : (Numbers.Format(loss.Last), "");
        string best = loss.BestEpoch is not { } epoch ? "" : epoch == loss.LastEpoch ? ", its lowest" : $" (lowest {lowest} {(loss.Best == loss.Last ? "first " : "")}in epoch {epoch})";
        return $"Validation loss in epoch {loss.LastEpoch}: **{last}**{best}.";
    }

    /// <summary>Two numbers with the digits that they need to be told apart.</summary>
    static (string, string) Apart(double value, double other)
    {
        if (value == other || Numbers.Format(value) != Numbers.Format(other)) return (Numbers.Format(value), Numbers.Format(other));
        for (int decimals = Numbers.Decimals(value) + 1; decimals <= MostDecimals; decimals++)
        {
            (string first, string second) = (Numbers.Format(value, decimals), Numbers.Format(other, decimals));
            if (first != second) return (first, second);
        }

        return (value.ToString("R", CultureInfo.InvariantCulture), other.ToString("R", CultureInfo.InvariantCulture));
    }

    static string? Test(RunData run)
    {
        string[] parts = [.. TestMetrics
            .Select(name => (Name: name, Metric: run.Metric("test", name))).Where(m => m.Metric is not null)
            .Select(m => m.Name == "loss" ? $"loss **{Numbers.Format(m.Metric!.Last)}** {run.Unit(m.Name)}" : $"{m.Name} {Numbers.Format(m.Metric!.Last)} {run.Unit(m.Name)}")];
        string weights = run.Detail.TestedEpoch is { } epoch && epoch != run.Run.EpochsDone ? string.Create(CultureInfo.InvariantCulture, $", with the weights of epoch {epoch}") : "";
        return parts.Length == 0 ? null : $"On the test images{weights}: {string.Join(", ", parts)}.";
    }

    /// <summary>How long a run that has finished took; between its parts one may have lain for days, and the clock may have been set back.</summary>
    public static string Took(RunData run)
    {
        string training = $"{Durations.Format(TimeSpan.FromSeconds(run.Detail.Epochs.Sum(epoch => epoch.Seconds)))} of training";
        return run.Detail.Resumptions.Count == 0 && run.Run.FinishedAt >= run.Run.StartedAt ? $"{Durations.Format(run.Run.FinishedAt.Value - run.Run.StartedAt)}, with {training}"
            : $"{Counted.Of(run.Detail.Resumptions.Count + 1, "part")}, with {training}";
    }
}
