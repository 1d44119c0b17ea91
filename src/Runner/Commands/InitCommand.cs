using System.CommandLine;
using System.Text.Json.Nodes;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;

namespace AeVae.Runner.Commands;

/// <summary><c>runner init</c>: writes a commented experiment to start from.</summary>
internal static class InitCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var file = new Argument<string?>("FILE") { Description = "File to write [default: my-TEMPLATE.yaml, in experiments/ where there is one]", Arity = ArgumentArity.ZeroOrOne };
        var template = new Option<string>("--template") { Description = "What to start from: a model, or a sweep that compares both over seeds", DefaultValueFactory = _ => SpecTemplate.Names[0] };
        template.AcceptOnlyFromAmong([.. SpecTemplate.Names]);
        var force = new Option<bool>("--force") { Description = "Overwrite the file" };
        var command = new Command("init", "Write a commented experiment file to start from") { file, template, force };
        command.SetAction(parsed => Write(globals.Read(parsed), parsed.GetValue(file), parsed.GetValue(template)!, parsed.GetValue(force)));
        return command;
    }

    static int Write(Globals globals, string? file, string template, bool force)
    {
        string experiments = Path.Combine(globals.ProjectRoot, "experiments");
        string path = file ?? Path.GetRelativePath(Directory.GetCurrentDirectory(),
            Path.Combine(Directory.Exists(experiments) ? experiments : Directory.GetCurrentDirectory(), $"my-{template}.yaml"));
        try
        {
            if (path.Length == 0)
                throw new CommandException(ExitCodes.UserError, "the name of the file to write is empty; name one, or leave it out");
            if (Directory.Exists(path))
                throw new CommandException(ExitCodes.UserError, $"{path}: is a folder; name the file to write, for example {Path.Combine(path, $"my-{template}.yaml")}");
            if (!SpecReader.CanName(Path.GetFileNameWithoutExtension(path)))
                throw new CommandException(ExitCodes.UserError, $"{path}: the experiment is named like its file, and a name is {SpecReader.NameRule}; name the file so");
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            using var stream = new FileStream(path, force ? FileMode.Create : FileMode.CreateNew);
            using var writer = new StreamWriter(stream) { NewLine = "\n" };
            writer.Write(SpecTemplate.Text(template, SchemaReference(path, experiments)));
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
