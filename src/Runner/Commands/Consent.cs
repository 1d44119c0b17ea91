using AeVae.Runner.Invocation;

namespace AeVae.Runner.Commands;

/// <summary>What people say before something is removed.</summary>
static class Consent
{
    /// <summary>Requires a terminal where somebody can be asked.</summary>
    /// <param name="refusal">What to say where there is none.</param>
    /// <exception cref="CommandException">There is none.</exception>
    public static void RequireSomebody(string refusal)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
            throw new CommandException(ExitCodes.UserError, refusal);
    }

    /// <summary>Asks; everything but a yes is a no.</summary>
    public static bool Ask(Globals globals, string question)
    {
        globals.Error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
