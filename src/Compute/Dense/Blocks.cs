namespace AeVae.Compute;

/// <summary>How chains are cut into blocks of k, so that the rows of B that one block meets stay in the nearest cache.</summary>
internal static class Blocks
{
    /// <summary>Length of the blocks that a chain is cut into: as few as possible, and all about equal, since each costs the same to begin and to end.</summary>
    /// <param name="inner">Links of the chain, at least 0.</param>
    /// <param name="most">The most links of a block.</param>
    /// <returns>At least 1.</returns>
    public static int Length(int inner, int most)
    {
        int blocks = Math.Max(1, Parts(inner, most));
        return Math.Max(1, Parts(inner, blocks));
    }

    /// <summary>How many parts of a size a whole has, the last perhaps smaller.</summary>
    public static int Parts(int whole, int part) => (whole + part - 1) / part;
}
