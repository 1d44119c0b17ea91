namespace AeVae.Compute;

/// <summary>How many rows or registers a tile has: a constant to the JIT, which leaves out what belongs to larger tiles.</summary>
internal interface ISize
{
    static abstract int Count { get; }
}

/// <summary>The sizes of tiles.</summary>
internal static class Size
{
    public readonly struct One : ISize
    {
        public static int Count => 1;
    }

    public readonly struct Two : ISize
    {
        public static int Count => 2;
    }

    public readonly struct Four : ISize
    {
        public static int Count => 4;
    }

    public readonly struct Six : ISize
    {
        public static int Count => 6;
    }

    public readonly struct Eight : ISize
    {
        public static int Count => 8;
    }

    public readonly struct Nine : ISize
    {
        public static int Count => 9;
    }

    public readonly struct Ten : ISize
    {
        public static int Count => 10;
    }
}
