namespace AeVae.Reports.Drawing;

/// <summary>Colours and type of every figure.</summary>
static class Style
{
    public static readonly Colour Paper = new(0xffffff);
    public static readonly Colour Ink = new(0x1f2328);
    public static readonly Colour Muted = new(0x59636e);
    public static readonly Colour Axis = new(0x818b98);
    public static readonly Colour Grid = new(0xe6e8eb);
    public static readonly Colour Zero = new(0xb6bdc5);

    // Okabe and Ito's blue, vermilion and bluish green: told apart by every common kind of colour vision, and in grey by their dashes.
    public static readonly Colour Train = new(0x0072b2);
    public static readonly Colour Validation = new(0xd55e00);
    public static readonly Colour AtMean = new(0x009e73);

    public static readonly TextStyle Title = new(Ink, 14, Bold: true);
    public static readonly TextStyle Unit = new(Muted, 11);
    public static readonly TextStyle Label = new(Ink, 11);
    public static readonly TextStyle Tick = new(Muted, 10.5);

    /// <summary>Width of the line whose outer half is seen round letters with a halo.</summary>
    public const double HaloWidth = 3.5;

    /// <summary>White space around a figure.</summary>
    public const double Margin = 16;

    /// <summary>Width of a figure.</summary>
    public const double FigureWidth = 720;

    /// <summary>Width of the one chart in a figure.</summary>
    public const double ChartWidth = FigureWidth - 2 * Margin;
}
