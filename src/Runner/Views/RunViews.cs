using AeVae.Runner.Commands;

namespace AeVae.Runner.Views;

/// <summary>Which view suits the options and the terminal.</summary>
static class RunViews
{
    /// <summary>JSON or quiet when asked for, live in a terminal, else plain.</summary>
    public static IRunView Create(Globals globals) =>
        globals.Json ? new JsonRunView(globals)
        : globals.Quiet ? new QuietRunView(globals)
        : Terminal.IsInteractive ? new LiveRunView(globals, Terminal.ErrorConsole(globals))
        : new PlainRunView(globals);
}
