using System.CommandLine;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary><c>runner run FILE</c>: trains an experiment, or every trial of a sweep, stores every epoch, and writes the report.</summary>
static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string> file = new("FILE") { Description = "Experiment file, for example experiments/quickstart.yaml" };
        Option<string[]> set = new("--set") { Description = "Override a key: --set train.epochs=2 (may be repeated)", HelpName = "KEY=VALUE" };
        Option<ulong?> seed = new("--seed") { Description = "Seed of every random draw [default: the file's]", HelpName = "N" };
        Option<string?> name = new("--name") { Description = "Name of the run [default: the file's]", HelpName = "NAME" };
        Option<string[]> tag = CommandOptions.Tag();
        Option<string?> note = new("--note") { Description = "Remark that is stored with the run", HelpName = "TEXT" };
        Option<int> threads = CommandOptions.Threads();
        Option<bool> needed = new("--needed")
        {
            Description = "For scripts: train only if no equal run is completed (same configuration, seed, data and arithmetic). One that stopped is resumed, one that is being trained is waited for; exit code 0 means that it is completed",
        };
        Option<bool> dryRun = new("--dry-run") { Description = "Print the configuration with every default written out, or of a sweep its number of trials and their time, and run nothing" };
        Option<bool> requireClean = CommandOptions.RequireClean();
        Option<bool> noReport = CommandOptions.NoReport();
        Command command = new("run", "Train an experiment (every trial of one with variants or a sweep), store every epoch, write its report")
        {
            file, set, seed, name, tag, note, threads, needed, dryRun, requireClean, noReport,
        };
        command.SetAction(parsed =>
        {
            Globals resolved = globals.Read(parsed);
            string path = parsed.GetRequiredValue(file);
            string[] overrides = parsed.GetValue(set) ?? [];
            List<string> options = [];
            if (parsed.GetValue(seed) is { } value)
                options.Add($"seed={value}");
            if (parsed.GetValue(name) is { } chosen)
                options.Add(LooksLikeNoText(chosen) ? $"name='{chosen}'" : $"name={chosen}");
            ExperimentFile read = ExperimentReader.Read(path, overrides, options);
            if (read.Plan is not { } plan)
                return SweepCommand.Refuse(read, resolved);
            if (parsed.GetValue(requireClean))
                CleanCheckout.Require(resolved);
            if (parsed.GetValue(dryRun))
                return read.Single is { } single ? DryRun(single, plan.Notes, resolved) : SweepPreview.DryRun(plan, [.. overrides, .. options], parsed.GetValue(threads), parsed.GetValue(threads), resolved);
            if (read.Single is not { } spec)
            {
                return SweepCommand.Begin(resolved, new SweepOrder
                {
                    Parallel = parsed.GetValue(threads),
                    Threads = parsed.GetValue(threads),
                    Needed = parsed.GetValue(needed),
                    WritesReport = !parsed.GetValue(noReport),
                    Tags = parsed.GetValue(tag) ?? [],
                    Note = parsed.GetValue(note),
                    CommandLine = ProgramName.CommandLine(parsed),
                }, path, read);
            }

            foreach (string text in plan.Notes)
                resolved.Note(text);
            RunRequest request = new()
            {
                Spec = spec,
                File = ProjectPath.Of(path, ProjectRoot.OfFile(path)),
                YamlText = read.YamlText,
                Files = read.Files,
                Tags = parsed.GetValue(tag) ?? [],
                Note = parsed.GetValue(note),
                Threads = parsed.GetValue(threads),
                CommandLine = ProgramName.CommandLine(parsed),
            };
            using RunSession session = new(resolved, !parsed.GetValue(noReport));
            return parsed.GetValue(needed) ? session.BeginIfNeeded(request) : session.Begin(request);
        });
        return command;
    }

    // Unquoted, YAML reads 1234 as a number, true as a truth and null as nothing.
    static bool LooksLikeNoText(string name) => SpecReader.CanName(name) && (char.IsAsciiDigit(name[0]) || ScalarText.IsTyped(name) || name.Equals("null", StringComparison.OrdinalIgnoreCase));

    static int DryRun(ExperimentSpec spec, IReadOnlyList<string> notes, Globals globals)
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
        foreach (string text in notes)
            globals.Note(text);
        globals.Note("a dry run: nothing was run and nothing was stored");
        return ExitCodes.Ok;
    }
}
