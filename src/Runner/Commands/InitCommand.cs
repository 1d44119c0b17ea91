using System.CommandLine;
using System.Text.Json.Nodes;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary><c>runner init</c>: writes an experiment to start from, a commented one or that of a stored run or sweep.</summary>
internal static class InitCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var file = new Argument<string?>("FILE") { Description = "File to write [default: my-TEMPLATE.yaml, or my-NAME.yaml of a run or sweep; in experiments/ where there is one]", Arity = ArgumentArity.ZeroOrOne };
        var template = new Option<string>("--template") { Description = "What to start from: a model, or a sweep that compares both over seeds", DefaultValueFactory = _ => SpecTemplate.Names[0] };
        template.AcceptOnlyFromAmong([.. SpecTemplate.Names]);
        var from = CommandOptions.NotEmpty(new("--from") { Description = "Start from the configuration of a run, or the file of a sweep (sweep:ID), that is stored: to train it longer or otherwise, or where its file is lost", HelpName = "RUN" });
        var force = new Option<bool>("--force") { Description = "Overwrite the file" };
        var command = new Command("init", "Write an experiment file to start from") { file, template, from, force };
        command.SetAction(parsed =>
        {
            Globals resolved = globals.Read(parsed);
            if (parsed.GetValue(from) is not { } selector)
                return Write(resolved, parsed.GetValue(file), parsed.GetValue(template)!, parsed.GetValue(force), schema => SpecTemplate.Text(parsed.GetValue(template)!, schema));
            if (parsed.GetResult(template) is { Implicit: false })
                throw new CommandException(ExitCodes.UserError, "--template and --from each say what to start from: leave out one of them.");
            (string name, Func<string?, string> text) = Stored(resolved, selector);
            return Write(resolved, parsed.GetValue(file), name, parsed.GetValue(force), text);
        });
        return command;
    }

    static (string Name, Func<string?, string> Text) Stored(Globals globals, string selector)
    {
        using RunQueries queries = DatabaseFile.Open(globals);
        SelectedRuns runs = RunArgument.ResolveAll(globals, queries, [selector], "is written");
        if (runs.Sweep is { } sweep)
            return (sweep.Sweep.Name, schema => OfSweep(globals, sweep, schema));
        if (!runs.IsOne)
            throw new CommandException(ExitCodes.UserError, $"{selector} means {runs.Ids.Count} runs: name one, or a sweep as sweep:ID.");
        RunDetail run = queries.Get(runs.Ids[0]);
        return (run.Run.Name, schema => $"{SpecTemplate.SchemaLine(schema)}# The configuration of run {run.Run.Id} ({run.Run.Name}), with every default; the name {run.Experiment.Name} gives the same one.\n{SpecYaml.Of(run.Experiment.ConfigJson, run.Experiment.Description)}");
    }

    /// <summary>The file of a sweep; says what it does not hold.</summary>
    static string OfSweep(Globals globals, SweepDetail sweep, string? schema)
    {
        string command = VisibleText.Of(string.Join(' ', sweep.CommandLine.Select(ShellWord.Quote))), text = SpecTemplate.WithoutSchemaLine(sweep.YamlText);
        if (sweep.CommandLine.Contains("--set"))
            globals.Note($"what the command set is not in the file: {command}");
        if (text.Split('\n').Any(line => line.StartsWith("extends:", StringComparison.Ordinal)))
            globals.Note("the file extends another one, which is not stored with the sweep and must lie where it says; --from RUN writes all keys of one trial");
        return $"{SpecTemplate.SchemaLine(schema)}# The file of sweep {sweep.Sweep.Id} as it was last begun or extended: {command}\n{text}";
    }

    static int Write(Globals globals, string? file, string name, bool force, Func<string?, string> text)
    {
        string experiments = Path.Combine(globals.ProjectRoot, "experiments");
        string path = file ?? Path.GetRelativePath(Directory.GetCurrentDirectory(),
            Path.Combine(Directory.Exists(experiments) ? experiments : Directory.GetCurrentDirectory(), $"my-{name}.yaml"));
        try
        {
            if (path.Length == 0)
                throw new CommandException(ExitCodes.UserError, "the name of the file to write is empty; name one, or leave it out");
            if (Directory.Exists(path))
                throw new CommandException(ExitCodes.UserError, $"{path}: is a folder; name the file to write, for example {Path.Combine(path, $"my-{name}.yaml")}");
            if (!SpecReader.CanName(Path.GetFileNameWithoutExtension(path)))
                throw new CommandException(ExitCodes.UserError, $"{path}: the experiment is named like its file, and a name is {SpecReader.NameRule}; name the file so");
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            using var stream = new FileStream(path, force ? FileMode.Create : FileMode.CreateNew);
            using var writer = new StreamWriter(stream) { NewLine = "\n" };
            writer.Write(text(SchemaReference(path, experiments)));
        }
        catch (IOException) when (!force && File.Exists(path))
        {
            throw new CommandException(ExitCodes.UserError, $"{path}: exists already. Name another file, or add --force to overwrite it.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException(error is ArgumentException ? ExitCodes.UserError : ExitCodes.Storage, $"{path}: cannot be written: {error.Message}");
        }
        globals.Output.WriteLine(globals.Json ? new JsonObject { ["file"] = path }.ToJsonString() : path);
        if (!globals.Quiet && !globals.Json)
            globals.Error.WriteLine($"edit it, then: {globals.Command($"check {ShellWord.Quote(path)}")}\nand:           {globals.Command($"run {ShellWord.Quote(path)}")}");
        return ExitCodes.Ok;
    }

    static string? SchemaReference(string path, string experiments)
    {
        string schema = Path.Combine(experiments, "experiment.schema.json");
        return File.Exists(schema)
            ? Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(path))!, schema).Replace('\\', '/')
            : null;
    }
}
