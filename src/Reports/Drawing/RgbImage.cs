namespace AeVae.Reports.Drawing;

/// <summary>A picture of coloured pixels.</summary>
/// <param name="Rgb">Height × Width colours, row-major, red in bits 16 to 23.</param>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Pixels per column.</param>
sealed record RgbImage(int[] Rgb, int Width, int Height);
