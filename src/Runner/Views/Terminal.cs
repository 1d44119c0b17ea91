using AeVae.Runner.Invocation;
using Spectre.Console;

namespace AeVae.Runner.Views;

/// <summary>What the terminal can show.</summary>
static class Terminal
{
    /// <summary>Standard error is a terminal that can redraw lines.</summary>
    public static bool IsInteractive => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Standard output is a terminal.</summary>
    public static bool ShowsOutput => !Console.IsOutputRedirected;

    /// <summary>Draws on standard error, where progress belongs; the library knows the terminal by <see cref="Console.Error"/> itself.</summary>
    public static IAnsiConsole ErrorConsole(Globals globals) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        ColorSystem = globals.Color ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
    });
}
