using AeVae.Models;

namespace AeVae.Runner.Execution;

/// <summary>Splits as they are stored.</summary>
static class SplitName
{
    /// <summary><c>train</c>, <c>validation</c> or <c>test</c>.</summary>
    public static string Of(Split split) => split.ToString().ToLowerInvariant();
}
