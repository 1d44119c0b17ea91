using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AeVae.Data;
using AeVae.Data.Catalogue;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>What a sweep would run, without running it.</summary>
static class SweepPreview
{
    /// <summary>Prints every trial in the order in which they begin.</summary>
    /// <param name="plan">The trials.</param>
    /// <param name="overrides">What <c>--set</c> changed, to be said again with the next command.</param>
    /// <param name="globals">Where to.</param>
    /// <returns>The exit code.</returns>
    public static int PrintTrials(SweepPlan plan, IReadOnlyList<string> overrides, Globals globals)
    {
        if (globals.Json)
        {
            globals.Output.WriteLine(new JsonArray([.. plan.Trials.Select(ToJson)]).ToJsonString(CommandJson.Options));
            return ExitCodes.Ok;
        }

        bool hasVariants = plan.Outline.Variants.Count > 0;
        TextTable table = new([" trial", "name", .. hasVariants ? (string[])["variant"] : [], .. plan.Outline.Parameters, "seed"]);
        foreach (Trial trial in plan.Trials)
        {
            table.Add([trial.Number.ToString(CultureInfo.InvariantCulture), trial.Name, .. hasVariants ? (Cell[])[trial.Variant!] : [],
                .. plan.Outline.Parameters.Select(key => (Cell)(trial.Parameters.FirstOrDefault(parameter => parameter.Key == key).Value ?? "–")),
                trial.Spec.Seed.ToString(CultureInfo.InvariantCulture)]);
        }

        table.Write(globals.Output, globals.ColorsOutput);
        WriteEnd(plan, overrides, globals, SweepCounts.Of(plan).ToString());
        return ExitCodes.Ok;
    }

    /// <summary>Prints how many trials there are and how long they will take.</summary>
    /// <param name="plan">The trials.</param>
    /// <param name="overrides">As for <see cref="PrintTrials"/>.</param>
    /// <param name="parallel">Trials at once.</param>
    /// <param name="threads">Threads of all of them together.</param>
    /// <param name="globals">Where to.</param>
    /// <returns>The exit code.</returns>
    public static int DryRun(SweepPlan plan, IReadOnlyList<string> overrides, int parallel, int threads, Globals globals)
    {
        SweepCounts counts = SweepCounts.Of(plan);
        parallel = Math.Min(parallel, counts.Trials);
        DataFolder folder = new(globals.DataFolder);
        string? missing = plan.Trials.Select(trial => trial.Spec.Data.Dataset).Distinct().FirstOrDefault(dataset => !folder.Has(DatasetCatalogue.Find(dataset)!));
        TimeEstimate? time = missing is null ? Measure(plan, parallel, threads, folder, globals) : null;
        if (globals.Json)
        {
            globals.Output.WriteLine(new JsonObject
            {
                ["name"] = plan.Name,
                ["trials"] = counts.Trials,
                ["variants"] = counts.Variants,
                ["groups"] = counts.Groups,
                ["seeds"] = counts.Seeds,
                ["parallel"] = parallel,
                ["estimated_seconds"] = time is null ? null : Math.Round(time.Total.TotalSeconds, 1),
                ["missing_dataset"] = missing,
            }.ToJsonString(CommandJson.Options));
            return ExitCodes.Ok;
        }

        LabelledLines lines = new(globals.Output, 10);
        globals.Output.WriteLine($"sweep {plan.Name}");
        lines.Write("  trials", counts.ToString());
        if (plan.Outline.Parameters.Count > 0)
            lines.Write("  swept", $"{string.Join(", ", plan.Outline.Parameters)} ({Canonical.Word(plan.Options.Method)})");
        lines.Write("  time", Time(plan, time, missing, parallel, globals));
        WriteEnd(plan, overrides, globals, "dry run: nothing was trained and nothing was stored");
        return ExitCodes.Ok;
    }

    static TimeEstimate Measure(SweepPlan plan, int parallel, int threads, DataFolder folder, Globals globals) =>
        TimeEstimate.Measure(plan, Math.Min(parallel, threads), Math.Max(1, threads / parallel), Loader(folder, globals));    // more trials than threads take turns

    static Func<DataOptions, Splits> Loader(DataFolder folder, Globals globals)
    {
        SplitLoader loader = new(folder);
        return options =>
        {
            using DataBar bar = new(options.Path ?? options.Dataset, globals);
            return loader.Load(options, bar);
        };
    }

    static IEnumerable<string> Time(SweepPlan plan, TimeEstimate? time, string? missing, int parallel, Globals globals)
    {
        if (time is null)
        {
            yield return $"no estimate: {missing} is not on this machine; it comes with {globals.Command($"data fetch {missing}")}";
            yield break;
        }

        bool canStopEarly = plan.Options.Asha is not null || plan.Trials.Any(trial => trial.Spec.Train.EarlyStop is not null);
        string threads = Counted.Of(time.Threads, "thread");
        yield return $"{(canStopEarly ? "at most " : "")}about {Rounded(time.Total)} with {(parallel == 1 ? "one trial" : $"{parallel} trials")} at a time";
        yield return $"measured on a few steps and evaluations of {(time.Shapes == 1 ? "the network" : time.Measured < time.Shapes ? $"{time.Measured} of {time.Shapes} shapes of trials" : $"each of {time.Shapes} shapes of trials")}, on {threads};";
        yield return time.HasTests ? "with the tests after the last epoch, and without other work on the machine"
            : $"without the tests after the last epoch, which take more than {TimeEstimate.TestsAtMost.TotalSeconds} s for a trial, and without other work on the machine";
    }

    // An estimate of 21 min 25 s would claim more than is known.
    static string Rounded(TimeSpan time) => time.TotalSeconds switch
    {
        < 90 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):F0} s"),
        < 5400 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:F0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:F1} h"),
    };

    static void WriteEnd(SweepPlan plan, IReadOnlyList<string> overrides, Globals globals, string summary)
    {
        if (globals.Quiet)
            return;
        foreach (string note in plan.Notes)
            globals.Note(note);
        globals.Error.WriteLine(summary);
        globals.Error.WriteLine($"next: {globals.Command($"sweep {ShellWord.Quote(plan.File)}{ShellWord.Overrides(overrides)}")}");
    }

    static JsonObject ToJson(Trial trial) => new()
    {
        ["number"] = trial.Number,
        ["name"] = trial.Name,
        ["variant"] = trial.Variant,
        ["parameters"] = JsonSerializer.SerializeToNode(trial.Parameters.ToDictionary()),
        ["seed"] = trial.Spec.Seed,
        ["config_sha256"] = trial.ConfigSha256,
    };
}
