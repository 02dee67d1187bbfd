"""Hangul syllables of Noto Sans CJK KR (OFL-1.1) as a TrueType font: python3 hangul.py IN.ttc OUT.ttf"""
import sys
from fontTools.ttLib import TTCollection, newTable
from fontTools.subset import Subsetter, Options
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

collection = TTCollection(sys.argv[1])
font = next(f for f in collection if f["name"].getDebugName(1).endswith("CJK KR"))
options = Options()
options.layout_features = []
options.notdef_outline = True
options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GSUB", "GPOS", "GDEF", "DSIG"]
subsetter = Subsetter(options)
subsetter.populate(unicodes=[*range(0xAC00, 0xD7A4), *range(0x3131, 0x3164)])
subsetter.subset(font)

outlines = font.getGlyphSet()
order = font.getGlyphOrder()
glyphs = {}
for name in order:
    pen = TTGlyphPen(outlines)
    outlines[name].draw(Cu2QuPen(pen, max_err=1.5, reverse_direction=True))
    glyphs[name] = pen.glyph()
del font["CFF "]
font["loca"] = newTable("loca")
glyf = font["glyf"] = newTable("glyf")
glyf.glyphOrder = order
glyf.glyphs = glyphs
maxp = font["maxp"]
maxp.tableVersion = 0x00010000
maxp.maxZones = 1
for field in ["maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
              "maxSizeOfInstructions", "maxComponentElements"]:
    setattr(maxp, field, 0)
post = font["post"]
post.formatType = 3.0
post.extraNames, post.mapping = [], {}
font.sfntVersion = "\x00\x01\x00\x00"
glyf.compile(font)
font.save(sys.argv[2])
