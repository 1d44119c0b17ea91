using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;
using AeVae.Data;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;
using AeVae.Tracking;
using AeVae.Tracking.Merging;

namespace AeVae.Runner.Commands;

/// <summary>The program: its commands, and what becomes of an error.</summary>
static partial class CommandLine
{
    // No response files: @last is a run.
    static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    static readonly string[] Previews = ["--dry-run", "--print-trials"];

    static readonly (string Name, Func<GlobalOptions, Command> Create)[] Commands =
    [
        ("run", RunCommand.Create),
        ("sweep", SweepCommand.Create),
        ("resume", ResumeCommand.Create),
        ("stop", StopCommand.Create),
        ("verify", VerifyCommand.Create),
        ("restore", RestoreCommand.Create),
        ("list", ListCommand.Create),
        ("show", ShowCommand.Create),
        ("diff", DiffCommand.Create),
        ("compare", CompareCommand.Create),
        ("report", ReportCommand.Create),
        ("export", ExportCommand.Create),
        ("serve", ServeCommand.Create),
        ("check", CheckCommand.Create),
        ("init", InitCommand.Create),
        ("schema", SchemaCommand.Create),
        ("data", DataCommand.Create),
        ("merge", MergeCommand.Create),
        ("tag", TagCommand.Create),
        ("note", NoteCommand.Create),
        ("rm", RemoveCommand.Create),
        ("gc", GcCommand.Create),
        ("doctor", DoctorCommand.Create),
    ];

    /// <summary>Runs one command; errors become a message and an exit code.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        GlobalOptions globals = new();
        ParseResult parsed = Create(globals, arguments.FirstOrDefault()).Parse(arguments, Parser);
        ConsoleWriter results = ConsoleWriter.Guard(output), messages = ConsoleWriter.Guard(error);
        int exitCode = Run(parsed, globals, results, messages);
        results.Flush();
        if (results.Problem is not { } problem)
            return exitCode;
        bool stores = Stores(parsed);
        messages.WriteLine($"{(stores ? "warning" : "error")}: standard output cannot be written: {problem}");
        return stores ? exitCode : ExitCodes.Storage;
    }

    static int Run(ParseResult parsed, GlobalOptions globals, TextWriter output, TextWriter error)
    {
        if (parsed.Action is ParseErrorAction || (parsed.Errors.Count == 0 && Misuse.UnknownOptions(parsed).Count > 0))
            return Misuse.Explain(parsed, error);
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });
        }
        catch (CommandException e)
        {
            return Fail(e.ExitCode, e.Message);
        }
        catch (Exception e) when (e is SettingsException or UnknownNameException)
        {
            return Fail(ExitCodes.UserError, e.Message);
        }
        catch (NoSuchRunException e)
        {
            return Fail(ExitCodes.NoSuchRun, e.Message);
        }
        catch (RunTakenException e)
        {
            return Fail(ExitCodes.RunFailed, e.Message);
        }
        catch (Exception e) when (e is StorageException or MergeRefusedException or DataException or IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCodes.Storage, e.Message);
        }
        catch (Exception e)
        {
            return Fail(ExitCodes.Bug, globals.IsVerbose(parsed)
                ? $"this is a bug of AeVae:\n{e}"
                : $"this is a bug of AeVae: {e.GetType().Name}: {e.Message}\nThe same command with --verbose shows where it happened.");
        }

        int Fail(int exitCode, string message)
        {
            error.WriteLine(VisibleText.Of($"error: {(AdvisedCommand().IsMatch(message) ? Copyable(message, globals.Read(parsed)) : message)}"));
            return exitCode;
        }
    }

    // The libraries know neither how this program was called nor the paths that it was given.
    static string Copyable(string message, Globals globals) => AdvisedCommand().Replace(message, match => $"`{globals.Command(match.Groups[1].Value)}`");

    [GeneratedRegex("`runner ([^`]+)`")]
    private static partial Regex AdvisedCommand();

    // What comes of these is in the database, whether or not anybody saw it; the others are there for their output.
    static bool Stores(ParseResult parsed) =>
        parsed.CommandResult.Command is { Name: "run" or "sweep" or "resume" or "verify" or "restore" } command && parsed.Action == command.Action
        && !command.Options.Any(option => Previews.Contains(option.Name) && parsed.GetResult(option) is { Implicit: false });

    /// <summary>The tree of commands.</summary>
    /// <param name="globals">Options that every command has.</param>
    /// <param name="first">What the command line begins with. Where that names a command, the tree has no other: building them all would cost every command 20 ms.</param>
    public static RootCommand Create(GlobalOptions globals, string? first = null)
    {
        RootCommand root = new("Runs, records and explains experiments with autoencoders (AE) and variational autoencoders (VAE).");
        bool isNamed = Commands.Any(command => command.Name == first);
        foreach ((string name, Func<GlobalOptions, Command> create) in Commands)
        {
            if (!isNamed || name == first) root.Add(create(globals));
        }

        globals.AddTo(root);
        root.SetAction(parsed => Welcome.Write(globals.Read(parsed)));
        return root;
    }
}
