using AeVae.Runner.Commands;

namespace AeVae.Runner.Views;

/// <summary>Which view of a sweep suits the options and the terminal.</summary>
static class SweepViews
{
    /// <summary>JSON or quiet when asked for, live in a terminal, else plain.</summary>
    public static ISweepView Create(Globals globals) =>
        globals.Json ? new JsonSweepView(globals)
        : globals.Quiet ? new QuietSweepView(globals)
        : Terminal.IsInteractive ? new LiveSweepView(globals, Terminal.ErrorConsole(globals))
        : new PlainSweepView(globals);
}
