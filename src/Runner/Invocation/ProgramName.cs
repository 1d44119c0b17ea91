using System.CommandLine;
using AeVae.Reports;

namespace AeVae.Runner.Invocation;

/// <summary>What the user types to start this program.</summary>
static class ProgramName
{
    /// <summary><c>./runner</c> as it was typed when the launcher says so, else <c>runner</c>; fit for copying into a shell.</summary>
    public static string Text { get; } = Environment.GetEnvironmentVariable("RUNNER_COMMAND") is { Length: > 0 } typed
        ? ShellWord.Quote(typed)
        : "runner";

    /// <summary>The command line that was given, word by word.</summary>
    public static string[] CommandLine(ParseResult parsed) => [Text, .. parsed.Tokens.Select(token => token.Value)];
}
