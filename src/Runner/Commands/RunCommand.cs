using System.CommandLine;
using AeVae.Data;
using AeVae.Runner.Execution;
using AeVae.Runner.Specs;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner run FILE</c>: trains one experiment, stores every epoch, and writes its report.</summary>
static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string> file = new("FILE") { Description = "Experiment file, for example experiments/quickstart.yaml" };
        Option<string[]> set = new("--set") { Description = "Override a key: --set train.epochs=2 (may be repeated)", HelpName = "KEY=VALUE" };
        Option<ulong?> seed = new("--seed") { Description = "Seed of every random draw [default: the file's]", HelpName = "N" };
        Option<string?> name = new("--name") { Description = "Name of the run [default: the file's]", HelpName = "NAME" };
        Option<string[]> tag = new("--tag") { Description = "Label to select the run by (may be repeated)", HelpName = "TAG" };
        tag.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => text.Length == 0 || text.Any(char.IsWhiteSpace)))
                result.AddError($"--tag is '{text}', but a tag has at least one character and no white space.");
        });
        Option<string?> note = new("--note") { Description = "Remark that is stored with the run", HelpName = "TEXT" };
        Option<int> threads = ThreadsOption.Create();
        Option<bool> dryRun = new("--dry-run") { Description = "Print the configuration with every default written out, and run nothing" };
        Option<bool> requireClean = new("--require-clean") { Description = "Refuse to run unless all files are as committed in git" };
        Option<bool> noReport = new("--no-report") { Description = "Write no report" };
        Command command = new("run", "Train one experiment, store every epoch, write its report")
        {
            file, set, seed, name, tag, note, threads, dryRun, requireClean, noReport,
        };
        command.SetAction(parsed =>
        {
            Globals resolved = globals.Read(parsed);
            string path = parsed.GetRequiredValue(file);
            List<string> overrides = [.. parsed.GetValue(set) ?? []];
            if (parsed.GetValue(seed) is { } value)
                overrides.Add($"seed={value}");
            if (parsed.GetValue(name) is { } chosen)
                overrides.Add($"name={chosen}");
            SpecResult read = SpecReader.Read(path, overrides);
            if (read.Spec is not { } spec)
                return Refuse(read, resolved);
            if (parsed.GetValue(requireClean))
                CleanCheckout.Require(resolved);
            if (parsed.GetValue(dryRun))
                return DryRun(spec, resolved);
            RunRequest request = new()
            {
                Spec = spec,
                File = ProjectPath.Of(path, resolved.ProjectRoot),
                YamlText = read.YamlText,
                Files = read.Files,
                Tags = parsed.GetValue(tag) ?? [],
                Note = parsed.GetValue(note),
                Threads = parsed.GetValue(threads),
                CommandLine = [ProgramName.Text, .. parsed.Tokens.Select(token => token.Value)],
            };
            return Run(request, !parsed.GetValue(noReport), resolved);
        });
        return command;
    }

    static int Run(RunRequest request, bool writeReport, Globals globals)
    {
        using Interruption interruption = new();
        // Before data and training: a database that cannot be written must be known now, not after an hour.
        using RunStore store = RunStore.Open(globals.DatabasePath);
        Splits splits;
        try
        {
            splits = DatasetFetch.Load(request.Spec.Data, globals, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            globals.Error.WriteLine("interrupted while fetching data: complete files stay, no run was begun. The same command goes on from there.");
            return interruption.ExitCode;
        }

        using IRunView view = RunViews.Create(globals);
        RunOutcome outcome;
        try
        {
            outcome = new RunExecution(request, splits, store, globals.DatabasePath, globals.ProjectRoot, view).Execute(interruption.Token);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(ExitCodes.UserError, $"{request.File}: {e.Message}");
        }

        WrittenReport? report = null;
        try
        {
            if (writeReport && outcome.Status == RunStatus.Completed)
                report = ReportCommand.Write(globals, outcome.RunId, folder: null);
        }
        finally
        {
            view.Ended(outcome, report);
        }

        if (globals.Verbose && outcome.IsBug)
            globals.Error.WriteLine(outcome.Error);
        return outcome switch
        {
            { Status: not RunStatus.Failed } => interruption.ExitCode,
            { IsDiskError: true } => ExitCodes.Storage,
            _ => ExitCodes.RunFailed,
        };
    }

    static int Refuse(SpecResult read, Globals globals)
    {
        foreach (SpecProblem problem in read.Problems)
            globals.Error.WriteLine(problem);
        return ExitCodes.UserError;
    }

    static int DryRun(ExperimentSpec spec, Globals globals)
    {
        string config = ResolvedConfig.ToJson(spec);
        if (globals.Json)
        {
            globals.Output.WriteLine(config);
            return ExitCodes.Ok;
        }

        IReadOnlyList<KeyValuePair<string, string>> keys = ResolvedConfig.Flatten(config);
        int widest = keys.Max(key => key.Key.Length);
        foreach ((string key, string value) in keys)
            globals.Output.WriteLine($"{key.PadRight(widest)}  {value}");
        globals.Error.WriteLine("dry run: nothing was run and nothing was stored");
        return ExitCodes.Ok;
    }
}
