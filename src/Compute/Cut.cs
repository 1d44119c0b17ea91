namespace AeVae.Compute;

/// <summary>Cuts a number of things into parts.</summary>
internal static class Cut
{
    /// <summary>How many parts of a size a whole has, the last perhaps smaller.</summary>
    public static int Parts(int whole, int part) => (whole + part - 1) / part;

    /// <summary>The size of parts that are as few as can be, and all about equal.</summary>
    /// <param name="whole">At least 0.</param>
    /// <param name="most">The most in a part.</param>
    /// <returns>At least 1.</returns>
    public static int Evenly(int whole, int most) => Math.Max(1, Parts(whole, Math.Max(1, Parts(whole, most))));
}
