using System.CommandLine;
using System.CommandLine.Parsing;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>Explains a command line that cannot be understood.</summary>
static class Misuse
{
    /// <summary>Writes every problem with the nearest thing that exists, and where to look.</summary>
    public static int Explain(ParseResult parsed, TextWriter error)
    {
        Command command = parsed.CommandResult.Command;
        IReadOnlyList<string> unknown = UnknownOptions(parsed);
        foreach (string option in unknown)
            error.WriteLine(VisibleText.Of($"error: there is no '{option}'.{Suggestion(option, parsed)}"));
        // What an unknown option displaces is no second mistake.
        foreach (ParseError problem in unknown.Count > 0 ? [] : parsed.Errors)
            error.WriteLine(VisibleText.Of($"error: {Surplus(problem, parsed) ?? $"{Reword(problem.Message, command)}{Suggestion(problem, parsed)}"}"));
        string path = string.Join(' ', Path(parsed.CommandResult));
        error.WriteLine($"`{(path.Length == 0 ? ProgramName.Text : $"{ProgramName.Text} {path}")} --help` lists what {(command is RootCommand ? "there is" : "it understands")}.");
        return ExitCodes.UserError;
    }

    /// <summary>What was typed as an option and is none; the library takes it for an argument where one is awaited.</summary>
    public static IReadOnlyList<string> UnknownOptions(ParseResult parsed)
    {
        IEnumerable<string> arguments = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        IEnumerable<string> beforeDashes = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value);
        return [.. arguments.Concat(parsed.UnmatchedTokens).Where(token => token.Length > 1 && token[0] == '-').Intersect(beforeDashes)];
    }

    // The library speaks of types; people know numbers.
    static string Reword(string message, Command command) => message
        .Replace($"Required argument missing for command: '{command.Name}'.", $"{command.Name} needs {string.Join(' ', command.Arguments.Select(argument => argument.Name))}.", StringComparison.Ordinal)
        .Replace("Unrecognized command or argument", "there is no", StringComparison.Ordinal)
        .Replace("\n\t", " ", StringComparison.Ordinal)
        .Replace("as expected type 'System.Int32'", "as a whole number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Nullable`1[System.Int32]'", "as a whole number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Nullable`1[System.UInt64]'", "as a whole number from 0 to 18446744073709551615", StringComparison.Ordinal);

    // All that the command takes is there already.
    static string? Surplus(ParseError problem, ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        return Typed(problem, parsed) is { } typed && !typed.StartsWith('-') && command.Arguments.Count > 0 && command.Arguments.All(argument => parsed.GetResult(argument) is { Tokens.Count: > 0 })
            ? $"{command.Name} takes {(command.Arguments.Count == 1 ? "one " : "")}{string.Join(" and ", command.Arguments.Select(argument => argument.Name))}, and '{typed}' is one too many."
            : null;
    }

    static string Suggestion(ParseError problem, ParseResult parsed) => Typed(problem, parsed) is { } typed ? Suggestion(typed, parsed) : "";

    static string? Typed(ParseError problem, ParseResult parsed) => parsed.UnmatchedTokens.FirstOrDefault(token => problem.Message.Contains($"'{token}'", StringComparison.Ordinal));

    static string Suggestion(string typed, ParseResult parsed)
    {
        IEnumerable<string> known = Known(parsed.CommandResult).Where(name => name.StartsWith('-') == typed.StartsWith('-'));
        string? nearest = NearestName.Of(typed, known);
        return nearest is null ? "" : $" Did you mean '{nearest}'?";
    }

    static IEnumerable<string> Known(CommandResult result)
    {
        IEnumerable<string> names = [.. result.Command.Subcommands.Select(command => command.Name), .. result.Command.Options.SelectMany(OptionNames)];
        for (SymbolResult? parent = result.Parent; parent is CommandResult above; parent = above.Parent)
            names = names.Concat(above.Command.Options.Where(option => option.Recursive).SelectMany(OptionNames));
        return names;
    }

    static IEnumerable<string> OptionNames(Option option) => [option.Name, .. option.Aliases];

    static IEnumerable<string> Path(CommandResult result) =>
        result.Parent is CommandResult parent ? [.. Path(parent), result.Command.Name] : [];
}
