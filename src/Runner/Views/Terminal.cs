using AeVae.Runner.Commands;
using Spectre.Console;

namespace AeVae.Runner.Views;

/// <summary>What the terminal can show.</summary>
static class Terminal
{
    /// <summary>Standard error is a terminal that can redraw lines.</summary>
    public static bool IsInteractive => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Standard output is a terminal.</summary>
    public static bool ShowsOutput => !Console.IsOutputRedirected;

    /// <summary>Draws on standard error, where progress belongs.</summary>
    public static IAnsiConsole ErrorConsole(Globals globals) => Draw(globals, globals.Error);

    /// <summary>Draws on standard output, where results belong.</summary>
    public static IAnsiConsole OutputConsole(Globals globals) => Draw(globals, globals.Output);

    static IAnsiConsole Draw(Globals globals, TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        ColorSystem = globals.Color ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
    });
}
