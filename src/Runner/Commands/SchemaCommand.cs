using System.CommandLine;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;

namespace AeVae.Runner.Commands;

/// <summary><c>runner schema</c>: the experiment format for editors (JSON Schema) and readers (Markdown).</summary>
internal static class SchemaCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var output = new Option<string?>("--output", "-o") { Description = "Write to this file instead of standard output", HelpName = "FILE" };
        var format = new Option<string>("--format") { Description = "json: JSON Schema, draft 7; markdown: table of every key", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "markdown");
        var command = new Command("schema", "Print the experiment format as JSON Schema, for editors") { output, format };
        command.SetAction(parsed => Write(globals.Read(parsed), parsed.GetValue(format) == "markdown", parsed.GetValue(output)));
        return command;
    }

    static int Write(Globals globals, bool isMarkdown, string? path)
    {
        if (isMarkdown && globals.Json)
            throw new CommandException(ExitCodes.UserError, "--json and --format markdown exclude each other; leave one out");
        string text = isMarkdown ? SpecKeyTable.Markdown() : SpecSchema.Json();
        if (path is null)
        {
            globals.Output.Write(text);
            return ExitCodes.Ok;
        }
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException(error is ArgumentException ? ExitCodes.UserError : ExitCodes.Storage, $"{path}: cannot be written: {error.Message}");
        }
        if (!globals.Quiet)
            globals.Error.WriteLine($"wrote {path}");
        return ExitCodes.Ok;
    }
}
