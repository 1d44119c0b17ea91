using AeVae.Runner.Invocation;
using Serilog.Events;

namespace AeVae.Runner.Views;

/// <summary>Log events as lines for people.</summary>
static class LogLine
{
    /// <summary>Whether people see events of this level: warnings and errors, and more when they asked for it.</summary>
    public static bool IsShown(Globals globals, LogEventLevel level) =>
        level >= (globals.Verbose ? LogEventLevel.Information : LogEventLevel.Warning);

    /// <summary><c>warning: Epoch 3: …</c></summary>
    public static string Text(LogEventLevel level, string message) => $"{level.ToString().ToLowerInvariant()}: {message}";

    /// <summary>Writes the event to standard error if people see it.</summary>
    public static void Write(Globals globals, LogEventLevel level, string message)
    {
        if (IsShown(globals, level))
            globals.Error.WriteLine(Text(level, message));
    }
}
