using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Reports.Claims;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner check FILE…</c>: reads experiment files and reports every problem, without data and without a run.</summary>
internal static class CheckCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var files = new Argument<string[]>("FILE") { Description = "Experiment files (*.yaml)", Arity = ArgumentArity.OneOrMore };
        var set = new Option<string[]>("--set") { Description = "Override a key, for example --set train.epochs=2; repeatable", HelpName = "KEY=VALUE" };
        var resolved = new Option<bool>("--resolved") { Description = "Print the resolved configuration, every default written out (JSON, which is YAML too); of a sweep, those of all trials" };
        var command = new Command("check", "Report every problem of experiment files, and run nothing") { files, set, resolved };
        command.SetAction(parsed => Check(globals.Read(parsed), parsed.GetValue(files)!, parsed.GetValue(set) ?? [], parsed.GetValue(resolved)));
        return command;
    }

    static int Check(Globals globals, string[] files, string[] overrides, bool resolved)
    {
        var results = files.Select(file => (File: file, Result: ExperimentReader.Read(file, overrides))).ToList();
        foreach (var problem in results.SelectMany(result => result.Result.Problems))
            globals.Error.WriteLine(problem);

        if (globals.Json)
            globals.Output.WriteLine(new JsonArray([.. results.Select(result => ToJson(globals, result.File, result.Result, resolved))]).ToJsonString(CommandJson.Options));
        else
        {
            foreach (var (file, result) in results)
                Print(globals, file, result, resolved);
        }
        bool allOk = results.All(result => result.Result.Plan is not null);
        if (allOk && !globals.Json && !globals.Quiet && !resolved && !results.Any(result => MissingFolders(globals, result.Result.Plan!).Any()))
            globals.Error.WriteLine($"run {(files.Length == 1 ? "it" : "one")}: {globals.Command($"run {ShellWord.Quote(files[0])}{ShellWord.Overrides(overrides)}")}");
        return allOk ? ExitCodes.Ok : ExitCodes.UserError;
    }

    static void Print(Globals globals, string file, ExperimentFile result, bool resolved)
    {
        if (result.Plan is not { } plan)
        {
            globals.Error.WriteLine($"{file}: {result.Problems.Count} {(result.Problems.Count == 1 ? "problem" : "problems")}.");
            return;
        }
        if (resolved)
        {
            globals.Output.WriteLine(Resolved(plan, result.IsSweep).ToJsonString(CommandJson.Options));
            return;
        }
        globals.Output.WriteLine($"{file}: ok\n  {plan.Name}: {(result.Single is { } spec ? Describe(spec) : SweepCounts.Of(plan).ToString())}");
        foreach (string note in Notes(globals, plan))
            globals.Output.WriteLine($"  {note}");
    }

    // What is wrong with data is said when they are read; only that they are not here is seen at a glance.
    static IEnumerable<string> Notes(Globals globals, SweepPlan plan) =>
    [
        .. plan.Notes,
        .. HigherIsBetter(plan) is { Length: > 0 } metrics ? new[] { $"higher is better of what claims compare: {string.Join(", ", metrics)}" } : [],
        .. MissingFolders(globals, plan).Select(folder => $"cannot run yet: there is no folder {folder} here, which 'data.path' names"),
    ];

    // Of the others lower is, or neither.
    static string[] HigherIsBetter(SweepPlan plan) =>
        [.. plan.Outline.Claims.SelectMany(claim => ClaimSyntax.Parse(claim.Check).Measurements).Select(measurement => measurement.Metric).Distinct().Where(name => Metrics.Find(name) is { Goal: MetricGoal.Higher })];

    static IEnumerable<string> MissingFolders(Globals globals, SweepPlan plan) =>
        plan.Trials.Select(trial => trial.Spec.Data.Path).OfType<string>().Distinct().Select(path => Path.Combine(globals.DataFolder, path)).Where(folder => !Directory.Exists(folder));

    static string Describe(ExperimentSpec spec)
    {
        var size = ExperimentSize.Of(spec);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Canonical.Word(spec.Model.Type)} {string.Join("-", size.Widths)}, {size.Parameters:N0} parameters, {Counted.Of(spec.Train.Epochs, "epoch")}{(size.StepsPerEpoch is { } steps ? $" of {Counted.Of(steps, "step")}" : "")}, seed {spec.Seed}\n  configuration {ResolvedConfig.Sha256(ResolvedConfig.ToJson(spec))}");
    }

    static JsonNode Resolved(SweepPlan plan, bool isSweep)
    {
        var configurations = plan.Trials.Select(trial => JsonNode.Parse(trial.ConfigJson)!);
        return isSweep ? new JsonArray([.. configurations]) : configurations.First();
    }

    static JsonObject ToJson(Globals globals, string file, ExperimentFile result, bool resolved)
    {
        var item = new JsonObject { ["file"] = file, ["ok"] = result.Plan is not null };
        if (result.Plan is { } plan)
        {
            item["name"] = plan.Name;
            if (result.Single is { } spec)
            {
                var size = ExperimentSize.Of(spec);
                item["config_sha256"] = ResolvedConfig.Sha256(ResolvedConfig.ToJson(spec));
                item["parameters"] = size.Parameters;
                item["steps_per_epoch"] = size.StepsPerEpoch;
                item["epochs"] = spec.Train.Epochs;
            }
            else
            {
                item["trials"] = plan.Trials.Count;
            }

            item["notes"] = new JsonArray([.. Notes(globals, plan)]);
            if (resolved)
                item["config"] = Resolved(plan, result.IsSweep);
        }
        item["problems"] = new JsonArray([.. result.Problems.Select(problem => new JsonObject
        {
            ["file"] = problem.File,
            ["line"] = problem.Line,
            ["column"] = problem.Column,
            ["message"] = problem.Message,
        })]);
        return item;
    }
}
